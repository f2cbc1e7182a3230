import { queryOptions, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '@/api/types';
import { writeKeys } from '@/lib/idempotency';
import { publicInvoice } from '@/services/publicInvoice';
import { worthRetrying } from './client';
import { keys } from './keys';
import { untilPrinted } from './papers';

/** The invoice of a link, for whoever has it. */
export const publicInvoiceOptions = (token: string) =>
  queryOptions({
    queryKey: keys.publicInvoice(token),
    queryFn: ({ signal }) => publicInvoice.open({ token }, signal),
    throwOnError: false,
  });

/** Said again after a lost answer, it is said once: the key is that of what was typed. */
export function useClaimPayment() {
  const [keys_] = useState(writeKeys);
  return useMutation({
    mutationFn: (body: Body<'invoice_links_paid'>) => publicInvoice.paid(body, keys_.of(body)),
    onSuccess: (_, body) => keys_.settled(body),
    retry: worthRetrying,
  });
}

export const usePublicPaper = () =>
  useMutation({ mutationFn: (token: string) => publicInvoice.pdf({ token }), ...untilPrinted });
