import { queryOptions, useMutation } from '@tanstack/react-query';
import type { PaperWanted } from '@/api/schema';
import { isCode } from '@/lib/problem';
import { invoiceMoney } from '@/services/invoiceMoney';
import { invoices } from '@/services/invoices';
import { keys } from './keys';

/** An issued document, as its PDF is asked for. */
export interface PaperOf {
  kind: 'invoice' | 'creditNote';
  id: string;
}

const MOST_TRIES = 10;

/** The worker prints soon after the issue: whoever asks at once waits for it. */
export const untilPrinted = {
  retry: (tries: number, error: unknown) => isCode(error, 'document_not_ready') && tries < MOST_TRIES,
  retryDelay: 1500,
};

const read = ({ kind, id }: PaperOf, wanted: PaperWanted, signal?: AbortSignal) =>
  kind === 'invoice'
    ? invoices.pdf(id, { wanted }, signal)
    : invoiceMoney.creditNotePdf(id, { wanted }, signal);

/** To look at: the original stays where it is. */
export const paperOptions = (org: string, of: PaperOf) =>
  queryOptions({
    queryKey: keys.invoices.paper(org, of.id),
    queryFn: ({ signal }) => read(of, 'copy', signal),
    ...untilPrinted,
    // What is looked at does not change under its reader.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    throwOnError: false,
  });

/** To keep: the first one that is handed out is the original. */
export const usePaper = () => useMutation({ mutationFn: (of: PaperOf) => read(of, 'next'), ...untilPrinted });
