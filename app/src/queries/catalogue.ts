import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { CatalogueItem, TaxRate } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { catalogue } from '@/services/catalogue';
import { keys } from './keys';
import { byCursor, everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

export type CatalogueSearch = Omit<Query<'catalogue_items_list'>, 'cursor'>;

export const catalogueListOptions = (org: string, search: CatalogueSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.catalogueItems.list(org, search),
    queryFn: ({ pageParam, signal }) => catalogue.items({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** The first ones that a search finds, for pickers. */
export const catalogueChoicesOptions = (org: string, search: string) =>
  queryOptions({
    queryKey: keys.catalogueItems.list(org, { of: 'choices', search }),
    queryFn: ({ signal }) =>
      catalogue
        .items({ standing: 'active', limit: 20, ...(search && { search }) }, signal)
        .then((r) => r.data),
  });

/** Every tax rate, archived ones too: a draft may name one. */
export const taxRatesOptions = (org: string) =>
  queryOptions({
    queryKey: keys.taxRates.list(org, {}),
    queryFn: ({ signal }) => everyRow((cursor) => catalogue.taxRates({ cursor, limit: 100 }, signal)),
    staleTime: 5 * 60_000,
  });

const createItem: WriteDefinition<Body<'catalogue_items_create'>, CatalogueItem> = {
  family: 'catalogueItems',
  run: (body, { key }) => catalogue.createItem(body, { key }),
  stale: (org) => [keys.catalogueItems.all(org)],
  replayable: true,
};
export const useCreateItem = () => useWrite(createItem);

const updateItem: WriteDefinition<
  { id: string; change: Body<'catalogue_items_update'>; version: number },
  CatalogueItem
> = {
  family: 'catalogueItems',
  entity: ({ id }) => `catalogueItem:${id}`,
  run: ({ id, change, version }) => catalogue.updateItem(id, change, { version }),
  stale: (org) => [keys.catalogueItems.all(org)],
};
export const useUpdateItem = () => useWrite(updateItem);

const createTaxRate: WriteDefinition<Body<'tax_rates_create'>, TaxRate> = {
  family: 'taxRates',
  run: (body, { key }) => catalogue.createTaxRate(body, { key }),
  stale: (org) => [keys.taxRates.all(org)],
  replayable: true,
};
export const useCreateTaxRate = () => useWrite(createTaxRate);

const updateTaxRate: WriteDefinition<
  { id: string; change: Body<'tax_rates_update'>; version: number },
  TaxRate
> = {
  family: 'taxRates',
  entity: ({ id }) => `taxRate:${id}`,
  run: ({ id, change, version }) => catalogue.updateTaxRate(id, change, { version }),
  stale: (org) => [keys.taxRates.all(org)],
};
export const useUpdateTaxRate = () => useWrite(updateTaxRate);
