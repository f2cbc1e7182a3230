import { queryOptions, useMutation } from '@tanstack/react-query';
import { publicInvoice } from '@/services/publicInvoice';
import { keys } from './keys';
import { untilPrinted } from './papers';

/** The invoice of a link, for whoever has it. */
export const publicInvoiceOptions = (token: string) =>
  queryOptions({
    queryKey: keys.publicInvoice(token),
    queryFn: ({ signal }) => publicInvoice.open({ token }, signal),
    throwOnError: false,
  });

export const usePublicPaper = () =>
  useMutation({ mutationFn: (token: string) => publicInvoice.pdf({ token }), ...untilPrinted });
