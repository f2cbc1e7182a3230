import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { AccountPage, LoadFailed } from '@/components/account/AccountPage';
import { OrganizationRows } from '@/components/account/OrganizationRows';
import { Button } from '@/components/ui/button';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { myOrganizationsOptions } from '@/queries/organizations';

// A whole new page: the token, the address and the cache of this tab are all of the organization that was left.
const startOver = () => window.location.assign('/');

export function MyOrganizationsPage() {
  const t = useT();
  const { data, error, isPending, refetch } = useQuery(myOrganizationsOptions());
  return (
    <AccountPage
      title={t('account.organizations')}
      about={t('account.organizationsAbout')}
      actions={
        <Button asChild>
          <Link to="/organizations/new">
            <Plus aria-hidden="true" />
            {t('shell.newOrganization')}
          </Link>
        </Button>
      }
    >
      {error && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <Loading>
          <SkeletonRows rows={3} />
        </Loading>
      )}
      {data && <OrganizationRows organizations={data} onLeft={startOver} />}
    </AccountPage>
  );
}
