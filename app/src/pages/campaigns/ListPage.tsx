import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Pencil, Upload, UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ContactTable } from '@/components/campaigns/ContactTable';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { contactListOptions, contactsOptions } from '@/queries/contactLists';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';

// Fetched when somebody opens one.
const ListDialog = lazy(() =>
  import('@/components/campaigns/ListDialog').then((m) => ({ default: m.ListDialog })),
);
const ImportDialog = lazy(() =>
  import('@/components/campaigns/ImportDialog').then((m) => ({ default: m.ImportDialog })),
);

const route = getRouteApi('/o/$slug/campaigns/lists/$listId');

/** Who is on a list. */
export function ListPage() {
  const t = useT();
  const org = useOrgId();
  const narrow = useNarrow();
  const { listId } = route.useParams();
  const [asking, setAsking] = useState<'rename' | 'import' | null>(null);
  const mayImport = useCan('contacts_import');
  const mayRename = useCan('contact_lists_update');
  const { data: list, ...query } = useQuery(contactListOptions(org, listId));
  const contacts = useInfiniteQuery(contactsOptions(org, listId));
  const close = () => setAsking(null);
  const importButton = mayImport && (
    <Button variant="primary" icon={<Upload />} onClick={() => setAsking('import')}>
      {t('campaigns.importTitle')}
    </Button>
  );
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      {list && !narrow && <InBreadcrumb>{list.name}</InBreadcrumb>}
      <QueryStates query={{ ...query, data: list }}>
        {list && (
          <>
            <PageHeader
              title={list.name}
              badge={
                mayRename && (
                  <IconButton
                    size="sm"
                    label={t('campaigns.listRename')}
                    icon={<Pencil />}
                    onClick={() => setAsking('rename')}
                  />
                )
              }
              actions={importButton}
            />
            <QueryStates query={contacts}>
              <ContactTable
                list={list.id}
                rows={rows(contacts.data)}
                hasMore={contacts.hasNextPage}
                loadingMore={contacts.isFetchingNextPage}
                onLoadMore={() => void contacts.fetchNextPage()}
                empty={
                  <EmptyState
                    icon={<UserPlus />}
                    title={t('campaigns.contactsNone')}
                    description={t('campaigns.contactsNoneText')}
                    action={importButton}
                  />
                }
              />
            </QueryStates>
            <Suspense>
              {asking === 'rename' && <ListDialog list={list} onClose={close} onDone={close} />}
              {asking === 'import' && <ImportDialog list={list.id} onClose={close} />}
            </Suspense>
          </>
        )}
      </QueryStates>
    </div>
  );
}
