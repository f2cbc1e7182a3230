import type { Body, Ok, Query } from '@/api/types';
import { http, type Write } from './http';

/** What is sold, and how it is taxed. */
export const catalogue = {
  items: (query: Query<'catalogue_items_list'>, signal?: AbortSignal) =>
    http.get<Ok<'catalogue_items_list'>>('/catalogue-items', { params: query, signal }).then((r) => r.data),

  createItem: (body: Body<'catalogue_items_create'>, write?: Write) =>
    http.post<Ok<'catalogue_items_create'>>('/catalogue-items', body, write).then((r) => r.data),

  updateItem: (id: string, body: Body<'catalogue_items_update'>, write: Write) =>
    http.patch<Ok<'catalogue_items_update'>>(`/catalogue-items/${id}`, body, write).then((r) => r.data),

  taxRates: (query: Query<'tax_rates_list'>, signal?: AbortSignal) =>
    http.get<Ok<'tax_rates_list'>>('/tax-rates', { params: query, signal }).then((r) => r.data),

  createTaxRate: (body: Body<'tax_rates_create'>, write?: Write) =>
    http.post<Ok<'tax_rates_create'>>('/tax-rates', body, write).then((r) => r.data),

  updateTaxRate: (id: string, body: Body<'tax_rates_update'>, write: Write) =>
    http.patch<Ok<'tax_rates_update'>>(`/tax-rates/${id}`, body, write).then((r) => r.data),
};
