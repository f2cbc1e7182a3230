import { useQuery } from '@tanstack/react-query';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { PolicyForm } from '@/components/settings/PolicyForm';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { policyOptions } from '@/queries/organizations';

export function PolicyPage() {
  const t = useT();
  const org = useOrgId();
  const policy = useQuery(policyOptions(org));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 *:max-w-240 sm:p-6">
      <PageHeader title={t('orgSettings.policy')} description={t('orgSettings.policyAbout')} />
      <QueryStates query={policy}>{policy.data && <PolicyForm key={org} policy={policy.data} />}</QueryStates>
    </div>
  );
}
