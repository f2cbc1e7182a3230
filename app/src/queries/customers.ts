import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Customer } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { customers } from '@/services/customers';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export type CustomerSearch = Omit<Query<'customers_list'>, 'cursor'>;

export const customerListOptions = (org: string, search: CustomerSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.customers.list(org, search),
    queryFn: ({ pageParam, signal }) => customers.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** The first ones that a search finds, for pickers. */
export const customerChoicesOptions = (org: string, search: string) =>
  queryOptions({
    queryKey: keys.customers.list(org, { of: 'choices', search }),
    queryFn: ({ signal }) =>
      customers
        .list({ standing: 'active', limit: 20, ...(search && { search }) }, signal)
        .then((r) => r.data),
  });

export const customerOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.customers.detail(org, id),
    queryFn: ({ signal }) => customers.get(id, signal),
  });

export const statementOptions = (org: string, id: string, range: Query<'customers_statement'>) =>
  queryOptions({
    queryKey: keys.customers.statement(org, id, range),
    queryFn: ({ signal }) => customers.statement(id, range, signal),
  });

const learn = (
  customer: Customer,
  _: unknown,
  { client, org }: { client: import('@tanstack/react-query').QueryClient; org: string },
) => client.setQueryData(customerOptions(org, customer.id).queryKey, customer);

const create: WriteDefinition<Body<'customers_create'>, Customer> = {
  family: 'customers',
  run: (body, { key }) => customers.create(body, { key }),
  learn,
  stale: (org) => [keys.customers.lists(org)],
  replayable: true,
};
export const useCreateCustomer = () => useWrite(create);

type Update = { id: string; change: Body<'customers_update'>; version: number };

const update: WriteDefinition<Update, Customer> = {
  family: 'customers',
  entity: ({ id }) => `customer:${id}`,
  run: ({ id, change, version }) => customers.update(id, change, { version }),
  learn,
  // A draft shows its customer's name of today.
  stale: (org) => [keys.customers.lists(org), keys.invoices.all(org)],
};
export const useUpdateCustomer = () => useWrite(update);
