import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InvoiceDocument, Money } from '@/api/schema';
import { ProblemError } from '@/lib/problem';
import { invoicePreviewOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { type DraftValues, previewBody, unreadable } from './draft-model';
import { lineAmounts, placesNow } from './draft-places';

const SETTLE_MS = 250;

export interface Preview {
  document: InvoiceDocument | undefined;
  /** What the line at each place of the form comes to, as far as that is known already. */
  amounts: ReadonlyMap<number, Money>;
  /** Where in the form each line stands that was asked about. */
  places: readonly (number | undefined)[];
  /** The figures are those of lines that were changed since. */
  stale: boolean;
  error: ProblemError | undefined;
}

/** What the draft comes to, from the server; asked when one stops typing. */
export function usePreview(values: DraftValues): Preview {
  const readable = unreadable(values).length === 0;
  const wanted = readable ? JSON.stringify(previewBody(values)) : null;
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === null || wanted === asked) return;
    const timer = setTimeout(() => setAsked(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted, asked]);
  // Written above: the text is what was put into it.
  const body = JSON.parse(asked ?? '{"currency":"NPR","lines":[]}') as ReturnType<typeof previewBody>;
  const query = useQuery({
    ...invoicePreviewOptions(useOrgId(), body),
    enabled: asked !== null && body.lines.length > 0,
  });
  const none = body.lines.length === 0;
  const document = none ? undefined : query.data;
  return {
    document,
    amounts: lineAmounts(document, values),
    places: placesNow(body.lines, values),
    stale: wanted !== asked || query.isPlaceholderData || query.isError,
    error: query.error instanceof ProblemError ? query.error : undefined,
  };
}
