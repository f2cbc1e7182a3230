import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Plus } from 'lucide-react';
import { AuthHeading } from '@/components/auth/FormParts';
import { ErrorState } from '@/components/patterns/ErrorState';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { myOrganizationsOptions } from '@/queries/organizations';

export function PickPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(myOrganizationsOptions());
  if (error)
    return <ErrorState level={1} description={problemText(t, error)} onRetry={() => void refetch()} />;
  return (
    <>
      <AuthHeading title={t('organizations.pickTitle')} />
      {!data && (
        <Loading>
          <SkeletonRows rows={3} />
        </Loading>
      )}
      <ul className="flex flex-col gap-2">
        {data?.map(({ id, slug, name, role }) => (
          <li key={id}>
            <Link
              to="/o/$slug"
              params={{ slug }}
              className="flex items-center gap-3 rounded-control border border-line p-3 hover:bg-hover"
            >
              <Avatar name={name} shape="organization" size="lg" decorative />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-body">{name}</span>
                <span className="block text-dense text-muted">{roleName(t, role)}</span>
              </span>
              <ChevronRight aria-hidden="true" className="size-4 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
      <Button asChild variant="ghost" className="mt-4 self-start">
        <Link to="/organizations/new">
          <Plus aria-hidden="true" />
          {t('shell.newOrganization')}
        </Link>
      </Button>
    </>
  );
}
