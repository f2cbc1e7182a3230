import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, ExternalLink, Eye, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TicketAttachment } from '@/api/schema';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { fileLinkOptions } from '@/queries/files';
import { useOrgId } from '@/queries/org';
import { useDeleteAttachment } from '@/queries/ticketAttachments';
import { isImage, isPdf, KindIcon } from './kind';
import { useOpenFile } from './use-open-file';

const Preview = lazyDialog(() => import('./Preview').then((m) => m.Preview));

export interface FileTileProps {
  ticket: string;
  attachment: TicketAttachment;
  /** Who attached it, if that does not stand beside it already. */
  by?: string | undefined;
  mayDelete: boolean;
}

/** A file that is attached: what it is, and what can be done with it. */
export function FileTile({ ticket, attachment, by, mayDelete }: FileTileProps) {
  const t = useT();
  const format = useFormat();
  const mayOpen = useCan('files_link');
  const { save, show } = useOpenFile();
  const remove = useDeleteAttachment();
  const [open, setOpen] = useState<'preview' | 'delete' | null>(null);
  const { fileId, name, mediaType, size } = attachment;
  const image = isImage(mediaType);
  const first = image
    ? () => setOpen('preview')
    : isPdf(mediaType)
      ? () => show(fileId)
      : () => save(fileId, name);
  const close = () => setOpen(null);
  return (
    <li className="group/file relative flex min-w-0 items-center gap-1 rounded-control border border-line bg-surface pr-1 hover:border-edge/50">
      <button
        type="button"
        disabled={!mayOpen}
        title={name}
        onClick={() => void first()}
        className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control p-1.5 text-left"
      >
        <Thumbnail attachment={attachment} enabled={mayOpen} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-dense">{name}</span>
          <span className="num block truncate text-meta text-muted">
            {[format.bytes(size), by].filter(Boolean).join(' · ')}
          </span>
        </span>
      </button>
      {(mayOpen || mayDelete) && (
        <Menu
          align="end"
          trigger={
            <IconButton size="sm" tooltip={false} label={t('files.actions', { name })} icon={<Ellipsis />} />
          }
        >
          {mayOpen && image && (
            <MenuItem icon={<Eye />} onSelect={() => setOpen('preview')}>
              {t('files.preview')}
            </MenuItem>
          )}
          {mayOpen && isPdf(mediaType) && (
            <MenuItem icon={<ExternalLink />} onSelect={() => void show(fileId)}>
              {t('files.open')}
            </MenuItem>
          )}
          {mayOpen && (
            <MenuItem icon={<Download />} onSelect={() => void save(fileId, name)}>
              {t('files.download')}
            </MenuItem>
          )}
          {mayDelete && (
            <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setOpen('delete')}>
              {t('files.delete')}
            </MenuItem>
          )}
        </Menu>
      )}
      {open === 'preview' && <Preview attachment={attachment} onClose={close} />}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={t('files.deleteTitle')}
        description={t('files.deleteText', { name })}
        confirmLabel={t('files.delete')}
        tone="danger"
        busy={remove.isPending}
        error={remove.error && problemText(t, remove.error)}
        onConfirm={() => remove.mutate({ ticket, file: fileId }, { onSuccess: close })}
      />
    </li>
  );
}

function Thumbnail({ attachment, enabled }: { attachment: TicketAttachment; enabled: boolean }) {
  const { fileId, hasThumbnail, mediaType } = attachment;
  const link = useQuery({
    ...fileLinkOptions(useOrgId(), fileId, 'thumbnail'),
    enabled: enabled && hasThumbnail,
  });
  return (
    <span className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-chip border border-line bg-sunken text-muted [&_svg]:size-5">
      {link.data ? (
        <img src={link.data.url} alt="" className="size-full object-cover" />
      ) : (
        <KindIcon mediaType={mediaType} />
      )}
    </span>
  );
}
