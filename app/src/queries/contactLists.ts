import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ContactList, ImportedContacts } from '@/api/schema';
import type { Body } from '@/api/types';
import { contactLists } from '@/services/contactLists';
import { keys } from './keys';
import { byCursor, everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** All of them: pickers show every one. */
export const contactListsOptions = (org: string) =>
  queryOptions({
    queryKey: keys.contactLists.list(org, {}),
    queryFn: ({ signal }) => everyRow((cursor) => contactLists.list({ cursor, limit: 100 }, signal)),
  });

export const contactListOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.contactLists.detail(org, id),
    queryFn: ({ signal }) => contactLists.get(id, signal),
  });

export const contactsOptions = (org: string, list: string) =>
  infiniteQueryOptions({
    queryKey: keys.contactLists.contacts(org, list),
    queryFn: ({ pageParam, signal }) =>
      contactLists.contacts(list, { cursor: pageParam, limit: 100 }, signal),
    ...byCursor,
  });

/** Who is on a list decides who gets a campaign. */
const members = (org: string, { id }: { id: string }) => [
  keys.contactLists.contacts(org, id),
  keys.campaigns.preflights(org),
];

const learn: NonNullable<WriteDefinition<unknown, ContactList>['learn']> = (list, _, { client, org }) =>
  client.setQueryData(contactListOptions(org, list.id).queryKey, list);

const create: WriteDefinition<Body<'contact_lists_create'>, ContactList> = {
  family: 'contactLists',
  run: (body, { key }) => contactLists.create(body, { key }),
  learn,
  stale: (org) => [keys.contactLists.lists(org)],
  replayable: true,
};
export const useCreateContactList = () => useWrite(create);

type Rename = { id: string; version: number } & Body<'contact_lists_update'>;

const rename: WriteDefinition<Rename, ContactList> = {
  family: 'contactLists',
  entity: ({ id }) => `contactList:${id}`,
  run: ({ id, version, name }) => contactLists.update(id, { name }, { version }),
  learn,
  stale: (org) => [keys.contactLists.lists(org)],
};
export const useRenameContactList = () => useWrite(rename);

const importing: WriteDefinition<{ id: string } & Body<'contacts_import'>, ImportedContacts> = {
  family: 'contacts',
  run: ({ id, ...body }, { key }) => contactLists.import(id, body, { key }),
  stale: members,
  replayable: true,
};
export const useImportContacts = () => useWrite(importing);

const remove: WriteDefinition<{ id: string; contact: string }, void> = {
  family: 'contacts',
  run: ({ id, contact }) => contactLists.remove(id, contact),
  stale: members,
};
export const useRemoveContact = () => useWrite(remove);
