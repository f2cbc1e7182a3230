import type { InvoiceStatus } from '@/api/schema';
import type { InvoiceSearch } from '@/queries/invoices';
import type { InvoicesSearch, InvoiceView } from './search';

const statuses: Partial<Record<InvoiceView, InvoiceStatus[]>> = {
  draft: ['draft'],
  unpaid: ['issued', 'partially_paid'],
  paid: ['paid'],
  void: ['void'],
};

/** What the address asks for, as the server wants it. */
export function invoicesQuery(search: InvoicesSearch): InvoiceSearch {
  const status = search.view && statuses[search.view];
  return {
    ...(status && { status }),
    ...(search.view === 'overdue' && { overdue: true }),
    ...(search.q && { search: search.q }),
    ...(search.customer && { customerId: search.customer }),
    ...(search.from && { issuedFrom: search.from }),
    ...(search.to && { issuedTo: search.to }),
    ...(search.sort && { sort: search.sort }),
  };
}
