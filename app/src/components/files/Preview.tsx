import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { TicketAttachment } from '@/api/schema';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useFormat } from '@/components/ui/preferences';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { fileLinkOptions } from '@/queries/files';
import { useOrgId } from '@/queries/org';
import { useOpenFile } from './use-open-file';

/** A picture as large as the window allows. */
export function Preview({ attachment, onClose }: { attachment: TicketAttachment; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { fileId, name, size, attachedAt } = attachment;
  const { save } = useOpenFile();
  const link = useQuery(fileLinkOptions(useOrgId(), fileId, 'shown'));
  const [broken, setBroken] = useState(false);
  const again = () => {
    setBroken(false);
    void link.refetch();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={<span className="block truncate">{name}</span>}
      description={`${format.bytes(size)} · ${format.dateTime(attachedAt)}`}
      footer={
        <Button icon={<Download />} onClick={() => void save(fileId, name)}>
          {t('files.download')}
        </Button>
      }
    >
      {(link.error || broken) && (
        <ErrorState
          description={link.error ? problemText(t, link.error) : t('files.notShown')}
          onRetry={again}
          retrying={link.isFetching}
        />
      )}
      {link.isPending && !link.error && (
        <Loading>
          <Skeleton className="h-[50vh] w-full" />
        </Loading>
      )}
      {link.data && !broken && (
        <img
          src={link.data.url}
          alt={name}
          onError={() => setBroken(true)}
          className="mx-auto max-h-[65vh] max-w-full rounded-chip bg-sunken object-contain"
        />
      )}
    </Dialog>
  );
}
