import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Lockout, SecurityPolicy } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { dialogProblem } from '@/components/patterns/tell';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { lockoutOptions, policyOptions, useUpdatePolicy } from '@/queries/organizations';
import { parseDomains } from './domains';
import { LockoutList } from './LockoutList';
import { SettingsSection } from './Section';

const GRACE = { min: 0, max: 90 };
const SESSION = { min: 1, max: 30 };

const whole = (text: string, { min, max }: { min: number; max: number }): number | undefined => {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
};

interface Values {
  requireMfa: boolean;
  graceDays: string;
  sessionMaxDays: string;
  allowedDomains: string;
}

const valuesOf = (policy: SecurityPolicy): Values => ({
  requireMfa: policy.requireMfa,
  graceDays: String(policy.graceDays),
  sessionMaxDays: String(policy.sessionMaxDays),
  allowedDomains: policy.allowedDomains.join('\n'),
});

const onTheWire = ({ requireMfa, graceDays, sessionMaxDays, allowedDomains }: Partial<Values>) => ({
  ...(requireMfa !== undefined && { requireMfa }),
  ...(graceDays !== undefined && { graceDays: Number(graceDays) }),
  ...(sessionMaxDays !== undefined && { sessionMaxDays: Number(sessionMaxDays) }),
  ...(allowedDomains !== undefined && { allowedDomains: parseDomains(allowedDomains).good }),
});

/** What the organization demands of a sign-in, and whom that would lock out, before it is saved. */
export function PolicyForm({ policy }: { policy: SecurityPolicy }) {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdatePolicy();
  const form = useForm<Values>({ defaultValues: valuesOf(policy) });
  const [confirming, setConfirming] = useState(false);
  const shared = useSharedForm({
    form,
    entity: policy,
    values: valuesOf,
    write: (change, version) => update.mutateAsync({ change: onTheWire(change), version }),
    refetch: () => client.fetchQuery({ ...policyOptions(org), staleTime: 0 }),
    onSaved: () => toast({ title: t('orgSettings.policySaved'), tone: 'success' }),
  });
  const { saving, conflict } = shared;
  const typed = form.watch();
  const { requireMfa } = typed;

  const graceDays = whole(typed.graceDays, GRACE);
  const sessionMaxDays = whole(typed.sessionMaxDays, SESSION);
  const domains = parseDomains(typed.allowedDomains);
  const tightens = requireMfa !== policy.requireMfa || graceDays !== policy.graceDays;
  const valid = graceDays !== undefined && sessionMaxDays !== undefined && domains.wrong.length === 0;

  const draft = { requireMfa, graceDays: graceDays ?? policy.graceDays };
  const lockout = useQuery({ ...lockoutOptions(org, draft), placeholderData: keepPreviousData });
  const locked = lockout.data?.total ?? 0;

  const save = () => void shared.submit();
  const submit = () => {
    if (valid) requireMfa && tightens && locked > 0 ? setConfirming(true) : save();
  };
  const range = (limits: { min: number; max: number }) =>
    t('orgSettings.daysRange', { min: format.number(limits.min), max: format.number(limits.max) });
  const problem = form.formState.errors.root?.server?.message;
  const labels: Record<keyof Values, string> = {
    requireMfa: t('orgSettings.requireMfa'),
    graceDays: t('orgSettings.grace'),
    sessionMaxDays: t('orgSettings.sessionDays'),
    allowedDomains: t('orgSettings.allowedDomains'),
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SettingsSection title={t('orgSettings.factor')} about={t('orgSettings.factorAbout')}>
        <div className="flex flex-col gap-4">
          <Checkbox
            checked={requireMfa}
            onCheckedChange={(on) => form.setValue('requireMfa', on)}
            label={labels.requireMfa}
            hint={t('orgSettings.requireMfaHint')}
          />
          {requireMfa && (
            <Field
              label={labels.graceDays}
              hint={t('orgSettings.graceHint')}
              error={graceDays === undefined ? range(GRACE) : undefined}
            >
              <Input
                type="number"
                inputMode="numeric"
                {...GRACE}
                className="num max-w-24"
                {...form.register('graceDays')}
              />
            </Field>
          )}
          <LockoutPreview query={lockout} />
        </div>
      </SettingsSection>
      <SettingsSection title={t('orgSettings.sessions')} about={t('orgSettings.sessionsAbout')}>
        <Field
          label={labels.sessionMaxDays}
          error={sessionMaxDays === undefined ? range(SESSION) : undefined}
        >
          <Input
            type="number"
            inputMode="numeric"
            {...SESSION}
            className="num max-w-24"
            {...form.register('sessionMaxDays')}
          />
        </Field>
      </SettingsSection>
      <SettingsSection title={t('orgSettings.domains')} about={t('orgSettings.domainsAbout')}>
        <Field
          label={labels.allowedDomains}
          hint={t('orgSettings.domainsHint')}
          error={
            domains.wrong.length > 0
              ? t('orgSettings.noDomain', { pieces: domains.wrong.join(', ') })
              : undefined
          }
        >
          <Textarea
            rows={2}
            spellCheck={false}
            placeholder="example.com"
            {...form.register('allowedDomains')}
          />
        </Field>
      </SettingsSection>
      {!confirming && <FormSummary message={problem} />}
      <FormConflictBar conflict={conflict} labels={labels} busy={saving} />
      <div className="flex justify-end border-line border-t pt-4">
        <Button
          type="submit"
          variant="primary"
          disabled={!shared.dirty || !valid || conflict !== undefined}
          busy={saving || lockout.isPlaceholderData}
        >
          {t('orgSettings.savePolicy')}
        </Button>
      </div>
      {confirming && (
        <ConfirmDialog
          open
          onOpenChange={setConfirming}
          title={t('orgSettings.lockoutAsk', { count: locked, shown: format.number(locked) })}
          description={t('orgSettings.lockoutText')}
          confirmLabel={t('orgSettings.savePolicy')}
          busy={saving}
          onConfirm={() => {
            setConfirming(false);
            save();
          }}
        />
      )}
    </form>
  );
}

function LockoutPreview({
  query,
}: {
  query: { data: Lockout | undefined; error: unknown; isFetching: boolean };
}) {
  const t = useT();
  if (query.data) return <LockoutList lockout={query.data} />;
  const problem = dialogProblem(t, query.error);
  return problem ? <Callout tone="danger">{problem}</Callout> : null;
}
