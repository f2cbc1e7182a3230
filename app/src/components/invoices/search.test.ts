import { describe, expect, it } from 'vitest';
import { invoicesQuery } from './query';
import { readCustomersSearch, readInvoicesSearch } from './search';

const customer = '01a205b6-132f-7858-8206-cd5106b2497e';

describe('the address of the list of invoices', () => {
  it('keeps what is a filter and drops what is none', () => {
    const search = { view: 'overdue', q: 'chiya', customer, from: '2026-07-17', sort: '-total' };
    expect(readInvoicesSearch(search)).toEqual(search);
    const wrong = { view: 'late', q: '', customer: 'x', from: '2026-02-30', to: 5, sort: 'name' };
    expect(readInvoicesSearch(wrong)).toEqual({});
    expect(readInvoicesSearch({ view: 'all', sort: '-createdAt' })).toEqual({});
  });

  it('asks the server for what it shows', () => {
    expect(invoicesQuery({ view: 'unpaid', from: '2026-07-17', to: '2026-08-16' })).toEqual({
      status: ['issued', 'partially_paid'],
      issuedFrom: '2026-07-17',
      issuedTo: '2026-08-16',
    });
    expect(invoicesQuery({ view: 'overdue', q: 'chiya', customer, sort: 'dueOn' })).toEqual({
      overdue: true,
      search: 'chiya',
      customerId: customer,
      sort: 'dueOn',
    });
    expect(invoicesQuery({})).toEqual({});
  });
});

it('the address of the customers keeps its filters', () => {
  expect(readCustomersSearch({ q: 'himal', archived: true })).toEqual({ q: 'himal', archived: true });
  expect(readCustomersSearch({ q: 4, archived: 'yes' })).toEqual({});
});
