import { queryOptions } from '@tanstack/react-query';
import type { InvoiceSending } from '@/api/schema';
import type { Body } from '@/api/types';
import { invoiceSendings } from '@/services/invoiceSendings';
import { keys } from './keys';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** A mail takes a moment: who sent it looks on until it is known what became of it. */
const LOOK_AGAIN_MS = 2_000;

export const invoiceSendingsOptions = (org: string, invoice: string) =>
  queryOptions({
    queryKey: keys.invoices.sendings(org, invoice),
    queryFn: ({ signal }) =>
      everyRow((cursor) => invoiceSendings.list(invoice, { cursor, limit: 100 }, signal)),
    refetchInterval: ({ state }) =>
      state.data?.some((sending) => sending.state === 'queued') ? LOOK_AGAIN_MS : false,
  });

const send: WriteDefinition<{ id: string } & Body<'invoices_send'>, InvoiceSending> = {
  family: 'invoiceSendings',
  run: ({ id, ...body }, { key }) => invoiceSendings.send(id, body, { key }),
  stale: (org, { id }) => [
    keys.invoices.sendings(org, id),
    keys.invoices.links(org, id),
    keys.invoices.activity(org, id),
  ],
  replayable: true,
};
export const useSendInvoice = () => useWrite(send);
