import { queryOptions } from '@tanstack/react-query';
import { publicInvoice } from '@/services/publicInvoice';
import { keys } from './keys';

/** The invoice of a link, for whoever has it. */
export const publicInvoiceOptions = (token: string) =>
  queryOptions({
    queryKey: keys.publicInvoice(token),
    queryFn: ({ signal }) => publicInvoice.open({ token }, signal),
    throwOnError: false,
  });
