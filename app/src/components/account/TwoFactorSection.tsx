import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { RecoveryCodes } from '@/components/auth/RecoveryCodes';
import { TotpSetup } from '@/components/auth/TotpSetup';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useDisableTotp, useRegenerateRecoveryCodes } from '@/queries/mfa';
import { useSession } from '@/stores/session';
import { Section } from './Section';

type Step = { at: 'rest' } | { at: 'setup' } | { at: 'codes'; codes: readonly string[] };

/** The second factor: set up, replaced, taken away; and the codes for the day the phone is gone. */
export function TwoFactorSection() {
  const t = useT();
  const active = useSession((session) => session.secondFactor);
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const rest = () => setStep({ at: 'rest' });
  return (
    <Section
      title={t('account.twoFactor')}
      description={t('account.twoFactorAbout')}
      badge={
        active && (
          <Badge tone="success" icon={<ShieldCheck />}>
            {t('account.on')}
          </Badge>
        )
      }
      action={
        step.at === 'rest' &&
        !active && (
          <Button variant="primary" onClick={() => setStep({ at: 'setup' })}>
            {t('account.setUp')}
          </Button>
        )
      }
    >
      {step.at === 'rest' && active && <WhenActive onStep={setStep} />}
      {step.at === 'setup' && (
        <div className="flex max-w-100 flex-col gap-6">
          {active && <Callout>{t('account.replaceText')}</Callout>}
          <TotpSetup onConfirmed={(codes) => setStep({ at: 'codes', codes })} />
          <Button variant="ghost" className="self-start" onClick={rest}>
            {t('auth.cancel')}
          </Button>
        </div>
      )}
      {step.at === 'codes' && (
        <div className="flex max-w-100 flex-col gap-3">
          <h3 className="font-medium text-body">{t('auth.codesTitle')}</h3>
          <p className="text-dense text-muted">{t('auth.codesText')}</p>
          <RecoveryCodes codes={step.codes} onKept={rest} />
        </div>
      )}
    </Section>
  );
}

function WhenActive({ onStep }: { onStep: (step: Step) => void }) {
  const t = useT();
  const [asking, setAsking] = useState<'codes' | 'disable'>();
  const regenerate = useRegenerateRecoveryCodes();
  const disable = useDisableTotp();
  const close = () => {
    setAsking(undefined);
    regenerate.reset();
    disable.reset();
  };
  const newCodes = () =>
    regenerate.mutate(undefined, {
      onSuccess: ({ recoveryCodes }) => onStep({ at: 'codes', codes: recoveryCodes }),
    });
  const turnOff = () =>
    disable.mutate(undefined, {
      onSuccess: () => {
        close();
        toast({ title: t('account.twoFactorOff'), tone: 'success' });
      },
    });
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsking('codes')}>{t('account.newCodes')}</Button>
      <Button onClick={() => onStep({ at: 'setup' })}>{t('account.replace')}</Button>
      <Button variant="danger-quiet" onClick={() => setAsking('disable')}>
        {t('account.turnOff')}
      </Button>
      <ConfirmDialog
        open={asking === 'codes'}
        onOpenChange={close}
        title={t('account.newCodesTitle')}
        description={t('account.newCodesText')}
        confirmLabel={t('account.newCodes')}
        tone="normal"
        busy={regenerate.isPending}
        error={regenerate.error && problemText(t, regenerate.error)}
        onConfirm={newCodes}
      />
      <ConfirmDialog
        open={asking === 'disable'}
        onOpenChange={close}
        title={t('account.turnOffTitle')}
        description={t('account.turnOffText')}
        confirmLabel={t('account.turnOff')}
        busy={disable.isPending}
        error={disable.error && problemText(t, disable.error)}
        onConfirm={turnOff}
      />
    </div>
  );
}
