import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InvoiceDocument } from '@/api/schema';
import { ProblemError } from '@/lib/problem';
import { invoicePreviewOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { type DraftValues, previewBody, unreadable, wireLines } from './draft-model';

const SETTLE_MS = 250;

export interface Preview {
  document: InvoiceDocument | undefined;
  /** The place in the form of each line of the document. */
  places: readonly number[];
  /** The figures are those of lines that were changed since. */
  stale: boolean;
  error: ProblemError | undefined;
}

/** What the draft comes to, from the server; asked when one stops typing. */
export function usePreview(values: DraftValues): Preview {
  const readable = unreadable(values).length === 0;
  const wanted = readable ? JSON.stringify([previewBody(values), wireLines(values).places]) : null;
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === null || wanted === asked) return;
    const timer = setTimeout(() => setAsked(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted, asked]);
  // Written two lines above: the text is what was put into it.
  const [body, places] = JSON.parse(asked ?? '[{"currency":"NPR","lines":[]},[]]') as [
    ReturnType<typeof previewBody>,
    number[],
  ];
  const query = useQuery({
    ...invoicePreviewOptions(useOrgId(), body),
    enabled: asked !== null && body.lines.length > 0,
  });
  const none = body.lines.length === 0;
  return {
    document: none ? undefined : query.data,
    places,
    stale: wanted !== asked || query.isPlaceholderData || query.isError,
    error: query.error instanceof ProblemError ? query.error : undefined,
  };
}
