import { useState } from 'react';
import type { NewApiKey, Scope, ScopeEntry } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { groups } from '@/components/roles/levels';
import { ScopeMatrix } from '@/components/roles/ScopeMatrix';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { faultTexts } from '@/lib/problem-text';
import { addDays, type IsoDate, today } from '@/lib/time';
import { useCreateApiKey } from '@/queries/apiKeys';
import { useBootstrap } from '@/queries/bootstrap';
import { expiryOf, type Lifetime, lifetimes } from './expiry';
import { KeySecret } from './KeySecret';

export interface CreateKeyDialogProps {
  scopes: readonly ScopeEntry[];
  onClose: () => void;
}

/** Name, lifetime and scopes; then the secret, once. Mounted while it is open, so it forgets with it. */
export function CreateKeyDialog({ scopes, onClose }: CreateKeyDialogProps) {
  const t = useT();
  const create = useCreateApiKey();
  const made = create.data;
  return (
    <Dialog
      open
      sticky
      size="lg"
      onOpenChange={onClose}
      title={made ? t('apiKeys.made', { name: made.name }) : t('apiKeys.newTitle')}
      description={made ? undefined : t('apiKeys.newAbout')}
    >
      {made ? (
        <KeySecret made={made} onClose={onClose} />
      ) : (
        <KeyForm scopes={scopes} create={create} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface KeyFormProps extends CreateKeyDialogProps {
  create: {
    mutate: ReturnType<typeof useCreateApiKey>['mutate'];
    isPending: boolean;
    error: Error | null;
    data: NewApiKey | undefined;
  };
}

function KeyForm({ scopes, create, onClose }: KeyFormProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const boot = useBootstrap();
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState<Lifetime>('90');
  const [day, setDay] = useState<IsoDate | null>(null);
  const [held, setHeld] = useState<ReadonlySet<Scope>>(new Set());
  const [tried, setTried] = useState(false);
  const grantable = new Set(boot?.scopes);
  // A key cannot do more than its maker: what he lacks is not offered.
  const offered = scopes.filter(({ scope }) => grantable.has(scope));
  const faults = faultTexts(t, create.error);
  const dayMissing = lifetime === 'day' && day === null;
  const send = () => {
    setTried(true);
    if (name.trim() === '' || held.size === 0 || dayMissing) return;
    const expiresAt = expiryOf(lifetime, day, timeZone);
    create.mutate({ name: name.trim(), scopes: [...held], ...(expiresAt && { expiresAt }) });
  };
  const problem = Object.keys(faults).length === 0 ? dialogProblem(t, create.error) : faults.scopes;
  const firstDay = addDays(today(timeZone), 1);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={t('apiKeys.name')}
        hint={t('apiKeys.nameHint')}
        error={faults.name ?? (tried && name.trim() === '' ? t('apiKeys.nameNeeded') : undefined)}
      >
        <Input
          autoComplete="off"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <div className="flex flex-col gap-1">
        <span aria-hidden="true" className="font-medium text-dense">
          {t('apiKeys.lifetime')}
        </span>
        <div className="-m-1 overflow-x-auto p-1">
          <Segmented
            label={t('apiKeys.lifetime')}
            value={lifetime}
            onValueChange={setLifetime}
            options={lifetimes.map((value) => ({ value, label: lifetimeLabel(value) }))}
          />
        </div>
        {lifetime === 'day' && (
          <Field
            label={t('apiKeys.lastDay')}
            className="mt-2 max-w-52"
            error={faults.expiresAt ?? (tried && dayMissing ? t('apiKeys.dayNeeded') : undefined)}
          >
            <DateField label={t('apiKeys.lastDay')} value={day} onValueChange={setDay} min={firstDay} />
          </Field>
        )}
        {lifetime === 'never' && <p className="text-meta text-warning">{t('apiKeys.neverHint')}</p>}
      </div>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium text-dense">{t('apiKeys.scopes')}</legend>
        <ScopeMatrix
          groups={groups(offered, boot?.apps ?? [])}
          held={held}
          grantable={grantable}
          onChange={setHeld}
        />
        {tried && held.size === 0 && (
          <p role="alert" className="text-danger text-meta">
            {t('apiKeys.scopesNeeded')}
          </p>
        )}
      </fieldset>
      {problem && (
        <Callout alert tone="danger">
          {problem}
        </Callout>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {t('apiKeys.create')}
        </Button>
      </div>
    </form>
  );

  function lifetimeLabel(value: Lifetime): string {
    if (value === 'never') return t('apiKeys.never');
    if (value === 'day') return t('apiKeys.untilDay');
    return t('apiKeys.days', { count: Number(value), shown: format.number(Number(value)) });
  }
}
