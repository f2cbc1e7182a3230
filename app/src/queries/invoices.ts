import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import type { FullInvoice, InvoiceSettings } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { invoices } from '@/services/invoices';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** The filters and the order of a list. */
export type InvoiceSearch = Omit<Query<'invoices_list'>, 'cursor'>;

export const invoiceListOptions = (org: string, search: InvoiceSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.invoices.list(org, search),
    queryFn: ({ pageParam, signal }) => invoices.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** How many a filter finds; one row is enough to be told. */
export const invoiceCountOptions = (org: string, search: InvoiceSearch) =>
  queryOptions({
    queryKey: keys.invoices.list(org, { ...search, of: 'count' }),
    queryFn: async ({ signal }) =>
      (await invoices.list({ ...search, limit: 1, count: true }, signal)).totalCount ?? null,
  });

export const invoiceOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.invoices.detail(org, id),
    queryFn: ({ signal }) => invoices.get(id, signal),
  });

/**
 * What lines come to. The key is what is asked, so an answer to older lines never covers one to newer lines; the figures
 * before stay until the next are there.
 */
export const invoicePreviewOptions = (org: string, body: Body<'invoices_preview'>) =>
  queryOptions({
    queryKey: keys.invoices.preview(org, body),
    queryFn: ({ signal }) => invoices.preview(body, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    throwOnError: false,
  });

/** What happened to it, the newest first. */
export const invoiceActivityOptions = (org: string, id: string) =>
  infiniteQueryOptions({
    queryKey: keys.invoices.activity(org, id),
    queryFn: ({ pageParam, signal }) => invoices.activity(id, { cursor: pageParam, limit: 20 }, signal),
    ...byCursor,
  });

export const invoiceAgeingOptions = (org: string) =>
  infiniteQueryOptions({
    queryKey: keys.invoices.ageing(org),
    queryFn: ({ pageParam, signal }) => invoices.ageing({ cursor: pageParam, limit: 100 }, signal),
    ...byCursor,
  });

export const invoiceSettingsOptions = (org: string) =>
  queryOptions({
    queryKey: keys.invoiceSettings(org),
    queryFn: ({ signal }) => invoices.settings(signal),
    staleTime: 5 * 60_000,
  });

const entity = ({ id }: { id: string }) => `invoice:${id}`;
const all = (org: string) => [keys.invoices.lists(org), keys.invoices.ageing(org), keys.customers.all(org)];
/** What is done to an issued document also stands in what happened to it. */
const allOf = (org: string, { id }: { id: string }) => [...all(org), keys.invoices.activity(org, id)];
type Learn<I> = NonNullable<WriteDefinition<I, FullInvoice>['learn']>;
const learn: Learn<unknown> = (invoice, _, { client, org }) =>
  client.setQueryData(invoiceOptions(org, invoice.id).queryKey, invoice);

const create: WriteDefinition<Body<'invoices_create'>, FullInvoice> = {
  family: 'invoices',
  run: (body, { key }) => invoices.create(body, { key }),
  learn,
  stale: (org) => [keys.invoices.lists(org)],
  replayable: true,
};
export const useCreateInvoice = () => useWrite(create);

type Update = { id: string; version: number; change: Body<'invoices_update'> };

const update: WriteDefinition<Update, FullInvoice> = {
  family: 'invoices',
  entity,
  run: ({ id, version, change }) => invoices.update(id, change, { version }),
  learn,
  stale: (org) => [keys.invoices.lists(org)],
};
export const useUpdateInvoice = () => useWrite(update);

type Versioned = { id: string; version: number };

const remove: WriteDefinition<Versioned, void> = {
  family: 'invoices',
  entity,
  run: ({ id, version }) => invoices.remove(id, { version }),
  stale: (org) => [keys.invoices.lists(org)],
};
export const useDeleteInvoice = () => useWrite(remove);

/** Final: the number is given now. The same key brings the same answer, so a lost one is asked for again. */
const issue: WriteDefinition<Versioned, FullInvoice> = {
  family: 'invoices',
  entity,
  run: ({ id, version }, { key }) => invoices.issue(id, { version, key }),
  learn,
  stale: allOf,
  replayable: true,
};
export const useIssueInvoice = () => useWrite(issue);

const voiding: WriteDefinition<Versioned & Body<'invoices_void'>, FullInvoice> = {
  family: 'invoices',
  entity,
  run: ({ id, version, reason }, { key }) => invoices.void(id, { reason }, { version, key }),
  learn,
  stale: allOf,
  replayable: true,
};
export const useVoidInvoice = () => useWrite(voiding);

type UpdateSettings = { change: Body<'invoice_settings_update'>; version: number };

const updateSettings: WriteDefinition<UpdateSettings, InvoiceSettings> = {
  family: 'invoiceSettings',
  run: ({ change, version }) => invoices.updateSettings(change, { version }),
  learn: (settings, _, { client, org }) =>
    client.setQueryData(invoiceSettingsOptions(org).queryKey, settings),
  stale: (org) => [keys.invoiceSettings(org)],
};
export const useUpdateInvoiceSettings = () => useWrite(updateSettings);

/** The CSV of a filter; `saveFile` of lib/download puts it on the disk. */
export const useExportInvoices = () =>
  useMutation({ mutationFn: (query: Query<'invoices_export'>) => invoices.export(query) });
