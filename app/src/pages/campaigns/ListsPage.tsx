import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus, UsersRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ContactList } from '@/api/schema';
import { CampaignTabs } from '@/components/campaigns/CampaignTabs';
import { DataTable } from '@/components/patterns/DataTable';
import { EmptyState } from '@/components/patterns/EmptyState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import type { DataColumn } from '@/components/patterns/table-model';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCan } from '@/queries/bootstrap';
import { contactListsOptions } from '@/queries/contactLists';
import { useOrgId } from '@/queries/org';

// Fetched when somebody opens it.
const ListDialog = lazy(() =>
  import('@/components/campaigns/ListDialog').then((m) => ({ default: m.ListDialog })),
);

const route = getRouteApi('/o/$slug/campaigns/lists');

/** Whom one writes to besides the members: lists by name. */
export function ListsPage() {
  const t = useT();
  const format = useFormat();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const mayCreate = useCan('contact_lists_create');
  const lists = useQuery(contactListsOptions(useOrgId()));
  const create = () => setCreating(true);
  useHotkeys(
    mayCreate ? [{ keys: 'c', label: t('campaigns.listNew'), group: t('campaigns.lists'), run: create }] : [],
  );
  const open = ({ id }: ContactList) =>
    void navigate({ to: '/o/$slug/campaigns/lists/$listId', params: { slug, listId: id } });
  const newButton = mayCreate && (
    <Button variant="primary" icon={<Plus />} onClick={create}>
      {t('campaigns.listNew')}
    </Button>
  );
  const columns: DataColumn<ContactList>[] = [
    {
      id: 'name',
      header: t('campaigns.name'),
      width: 'minmax(200px, 3fr)',
      card: 'title',
      cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
    },
    {
      id: 'created',
      header: t('campaigns.created'),
      width: '160px',
      cell: ({ createdAt }) => <span className="num text-muted">{format.date(createdAt)}</span>,
    },
  ];
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-4 p-4 sm:p-6">
      <PageHeader title={t('campaigns.lists')} actions={newButton} tabs={<CampaignTabs current="lists" />} />
      <QueryStates query={lists}>
        <DataTable
          label={t('campaigns.lists')}
          columns={columns}
          rows={lists.data ?? []}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          onOpen={open}
          empty={
            <EmptyState
              icon={<UsersRound />}
              title={t('campaigns.listsNone')}
              description={t('campaigns.listsNoneText')}
              action={newButton}
            />
          }
        />
      </QueryStates>
      <Suspense>{creating && <ListDialog onClose={() => setCreating(false)} onDone={open} />}</Suspense>
    </div>
  );
}
