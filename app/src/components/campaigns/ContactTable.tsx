import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListedContact } from '@/api/schema';
import { DataTable } from '@/components/patterns/DataTable';
import type { DataColumn } from '@/components/patterns/table-model';
import { tellProblem } from '@/components/patterns/tell';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useImportContacts, useRemoveContact } from '@/queries/contactLists';

export interface ContactTableProps {
  list: string;
  rows: readonly ListedContact[];
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  empty: ReactNode;
}

export function ContactTable({ list, ...props }: ContactTableProps) {
  const t = useT();
  const remove = useRemove(list);
  const mayRemove = useCan('contacts_remove');
  return (
    <DataTable
      label={t('campaigns.contacts')}
      columns={useColumns()}
      rowId={({ id }) => id}
      rowLabel={({ email }) => email}
      {...(mayRemove && {
        rowActions: (contact: ListedContact) => (
          <IconButton
            size="sm"
            label={t('campaigns.contactRemove', { email: contact.email })}
            icon={<Trash2 />}
            onClick={() => remove(contact)}
          />
        ),
      })}
      {...props}
    />
  );
}

/** At once, with a way back: putting him on the list again is the same as never having taken him off. */
function useRemove(list: string) {
  const t = useT();
  const remove = useRemoveContact();
  const back = useImportContacts();
  return ({ id, email, firstName, lastName }: ListedContact) => {
    const row = { email, ...(firstName && { firstName }), ...(lastName && { lastName }) };
    const onError = (error: unknown) => tellProblem(t, error);
    const onUndo = () => back.mutate({ id: list, rows: [row] }, { onError });
    remove.mutate(
      { id: list, contact: id },
      { onSuccess: () => toast({ title: t('campaigns.contactRemoved', { email }), onUndo }), onError },
    );
  };
}

function useColumns(): DataColumn<ListedContact>[] {
  const t = useT();
  const format = useFormat();
  const nameOf = ({ firstName, lastName }: ListedContact) => [firstName, lastName].filter(Boolean).join(' ');
  return [
    {
      id: 'email',
      header: t('campaigns.email'),
      width: 'minmax(200px, 2fr)',
      card: 'title',
      cell: ({ email }) => <span className="truncate font-medium">{email}</span>,
    },
    {
      id: 'name',
      header: t('campaigns.recipientName'),
      width: 'minmax(140px, 2fr)',
      cell: (contact) => <span className="truncate">{nameOf(contact)}</span>,
      isEmpty: (contact) => nameOf(contact) === '',
    },
    {
      id: 'added',
      header: t('campaigns.addedOn'),
      width: '140px',
      cell: ({ createdAt }) => <span className="num text-muted">{format.date(createdAt)}</span>,
    },
  ];
}
