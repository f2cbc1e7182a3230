import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { KeyTable } from '@/components/apiKeys/KeyTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { apiKeyListOptions } from '@/queries/apiKeys';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { scopesOptions } from '@/queries/roles';
import { everybodyOptions } from '@/queries/users';

// Fetched when somebody opens it.
const CreateKeyDialog = lazy(() =>
  import('@/components/apiKeys/CreateKeyDialog').then((m) => ({ default: m.CreateKeyDialog })),
);

export function ApiKeysPage() {
  const t = useT();
  const org = useOrgId();
  const [creating, setCreating] = useState(false);
  const list = useInfiniteQuery(apiKeyListOptions(org));
  const scopes = useQuery({ ...scopesOptions(org), enabled: useCan('scopes_list') });
  const people = useQuery({ ...everybodyOptions(org), enabled: useCan('users_list') });
  // Without the list of scopes there is nothing to choose from.
  const canCreate = useCan('api_keys_create') && scopes.data !== undefined;
  const create = canCreate && (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('apiKeys.new')}
    </Button>
  );
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader title={t('apiKeys.title')} description={t('apiKeys.about')} actions={create} />
      <QueryStates query={list}>
        <KeyTable
          rows={rows(list.data)}
          scopes={scopes.data ?? []}
          people={new Map(people.data?.map(({ id, fullName }) => [id, fullName]))}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <EmptyState
              icon={<KeyRound />}
              title={t('apiKeys.noneTitle')}
              description={t('apiKeys.noneText')}
              action={create}
            />
          }
        />
      </QueryStates>
      <Suspense>
        {creating && <CreateKeyDialog scopes={scopes.data ?? []} onClose={() => setCreating(false)} />}
      </Suspense>
    </div>
  );
}
