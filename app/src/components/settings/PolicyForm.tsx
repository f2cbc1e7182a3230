import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Lockout, SecurityPolicy } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
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
import { lockoutOptions, useUpdatePolicy } from '@/queries/organizations';
import { parseDomains } from './domains';
import { LockoutList } from './LockoutList';
import { SettingsSection } from './Section';

const GRACE = { min: 0, max: 90 };
const SESSION = { min: 1, max: 30 };

const whole = (text: string, { min, max }: { min: number; max: number }): number | undefined => {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
};

/** What the organization demands of a sign-in, and whom that would lock out, before it is saved. */
export function PolicyForm({ policy }: { policy: SecurityPolicy }) {
  const t = useT();
  const format = useFormat();
  const update = useUpdatePolicy();
  const [requireMfa, setRequireMfa] = useState(policy.requireMfa);
  const [graceText, setGrace] = useState(String(policy.graceDays));
  const [sessionText, setSession] = useState(String(policy.sessionMaxDays));
  const [domainText, setDomains] = useState(policy.allowedDomains.join('\n'));
  const [confirming, setConfirming] = useState(false);

  const graceDays = whole(graceText, GRACE);
  const sessionMaxDays = whole(sessionText, SESSION);
  const domains = parseDomains(domainText);
  const tightens = requireMfa !== policy.requireMfa || graceDays !== policy.graceDays;
  const dirty =
    tightens ||
    sessionMaxDays !== policy.sessionMaxDays ||
    domains.good.join() !== policy.allowedDomains.join();
  const valid = graceDays !== undefined && sessionMaxDays !== undefined && domains.wrong.length === 0;

  const draft = { requireMfa, graceDays: graceDays ?? policy.graceDays };
  const lockout = useQuery({ ...lockoutOptions(useOrgId(), draft), placeholderData: keepPreviousData });
  const locked = lockout.data?.total ?? 0;

  const save = () => {
    if (graceDays === undefined || sessionMaxDays === undefined || domains.wrong.length > 0) return;
    const change = { requireMfa, graceDays, sessionMaxDays, allowedDomains: domains.good };
    update.mutate(
      { change, version: policy.version },
      { onSuccess: () => toast({ title: t('orgSettings.policySaved'), tone: 'success' }) },
    );
  };
  const submit = () => (requireMfa && tightens && locked > 0 ? setConfirming(true) : save());
  const range = (limits: { min: number; max: number }) =>
    t('orgSettings.daysRange', { min: format.number(limits.min), max: format.number(limits.max) });
  const problem = dialogProblem(t, update.error);
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
            onCheckedChange={setRequireMfa}
            label={t('orgSettings.requireMfa')}
            hint={t('orgSettings.requireMfaHint')}
          />
          {requireMfa && (
            <Field
              label={t('orgSettings.grace')}
              hint={t('orgSettings.graceHint')}
              error={graceDays === undefined ? range(GRACE) : undefined}
            >
              <Input
                type="number"
                inputMode="numeric"
                {...GRACE}
                className="num max-w-24"
                value={graceText}
                onChange={(event) => setGrace(event.currentTarget.value)}
              />
            </Field>
          )}
          <LockoutPreview query={lockout} />
        </div>
      </SettingsSection>
      <SettingsSection title={t('orgSettings.sessions')} about={t('orgSettings.sessionsAbout')}>
        <Field
          label={t('orgSettings.sessionDays')}
          error={sessionMaxDays === undefined ? range(SESSION) : undefined}
        >
          <Input
            type="number"
            inputMode="numeric"
            {...SESSION}
            className="num max-w-24"
            value={sessionText}
            onChange={(event) => setSession(event.currentTarget.value)}
          />
        </Field>
      </SettingsSection>
      <SettingsSection title={t('orgSettings.domains')} about={t('orgSettings.domainsAbout')}>
        <Field
          label={t('orgSettings.allowedDomains')}
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
            value={domainText}
            onChange={(event) => setDomains(event.currentTarget.value)}
          />
        </Field>
      </SettingsSection>
      {problem && !confirming && (
        <Callout alert tone="danger">
          {problem}
        </Callout>
      )}
      <div className="flex justify-end border-line border-t pt-4">
        <Button
          type="submit"
          variant="primary"
          disabled={!dirty || !valid}
          busy={update.isPending || lockout.isPlaceholderData}
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
          busy={update.isPending}
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
