import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { auditVerificationOptions } from '@/queries/audit';
import { useOrgId } from '@/queries/org';

/** Asks the server to walk the whole chain of hashes. */
export function useChainCheck() {
  return useQuery(auditVerificationOptions(useOrgId()));
}

type Check = ReturnType<typeof useChainCheck>;

export function ChainButton({ check }: { check: Check }) {
  const t = useT();
  return (
    <Button icon={<ShieldCheck />} busy={check.isFetching} onClick={() => void check.refetch()}>
      {t('audit.check')}
    </Button>
  );
}

/** What came out: whole, or from which event on not. */
export function ChainResult({ check }: { check: Check }) {
  const t = useT();
  const format = useFormat();
  if (check.isFetching) return null;
  if (check.error) {
    return (
      <Callout alert tone="danger">
        {problemText(t, check.error)}
      </Callout>
    );
  }
  if (!check.data) return null;
  const { intact, events, brokenAt } = check.data;
  const values = { count: events, shown: format.number(events) };
  return intact ? (
    <Callout alert tone="success" title={t('audit.intact')}>
      {t('audit.intactText', values)}
    </Callout>
  ) : (
    <Callout alert tone="danger" title={t('audit.broken', { number: format.number(brokenAt ?? events + 1) })}>
      {t('audit.brokenText', values)}
    </Callout>
  );
}
