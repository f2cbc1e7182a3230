import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Dialog } from '@/components/ui/dialog';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { type PaperOf, paperOptions } from '@/queries/papers';

export interface PaperDialogProps {
  of: PaperOf;
  number: string;
  onClose: () => void;
}

/** The PDF in the browser's own viewer. */
export function PaperDialog({ of, number, onClose }: PaperDialogProps) {
  const t = useT();
  const paper = useQuery(paperOptions(useOrgId(), of));
  const url = useObjectUrl(paper.data?.blob);
  return (
    <Dialog open size="lg" onOpenChange={onClose} title={number} description={t('invoices.pdfLookHint')}>
      {paper.error ? (
        <ErrorState
          description={problemText(t, paper.error)}
          onRetry={() => void paper.refetch()}
          retrying={paper.isFetching}
        />
      ) : url ? (
        <iframe
          title={number}
          src={`${url}#navpanes=0&view=FitH`}
          className="h-[70vh] w-full rounded-chip border border-line"
        />
      ) : (
        <Loading>
          <Skeleton className="h-[70vh]" />
        </Loading>
      )}
    </Dialog>
  );
}

/** An address of bytes that are here already; it ends with its reader. */
function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
