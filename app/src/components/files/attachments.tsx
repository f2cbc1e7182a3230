import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect } from 'react';
import type { TicketAttachment } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import {
  ticketAttachmentsOptions,
  useCommentUploads,
  useDraftUploads,
  useFollowComment,
  useTicketUploads,
} from '@/queries/ticketAttachments';
import { FileTile } from './FileTile';
import { PickFiles } from './PickFiles';
import { UploadList, useUploads } from './UploadList';
import { useDrop } from './use-drop';

/** Whoever attached a file may take it away, and whoever manages tickets. */
function useMayDelete(): (attachment: TicketAttachment) => boolean {
  const mayWrite = useCan('files_delete');
  const boot = useBootstrap();
  return ({ attachedById }) =>
    mayWrite &&
    boot !== undefined &&
    (attachedById === boot.user.id || boot.scopes.includes('tickets:manage'));
}

interface TilesProps {
  ticket: string;
  found: readonly TicketAttachment[];
  label: string;
  by?: (id: string | null | undefined) => string;
}

function Tiles({ ticket, found, label, by }: TilesProps) {
  const mayDelete = useMayDelete();
  if (found.length === 0) return null;
  return (
    <ul aria-label={label} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,220px),1fr))] gap-2">
      {found.map((attachment) => (
        <FileTile
          key={attachment.fileId}
          ticket={ticket}
          attachment={attachment}
          by={by?.(attachment.attachedById)}
          mayDelete={mayDelete(attachment)}
        />
      ))}
    </ul>
  );
}

export interface TicketFilesProps {
  ticket: string;
  /** The name of a person. */
  name: (id: string | null | undefined) => string;
  /** Where files can be let go of. */
  area: RefObject<HTMLElement | null>;
}

/** A ticket's own files: dropped, pasted or picked, shown and taken away. */
export function TicketFiles({ ticket, name, area }: TicketFilesProps) {
  const t = useT();
  const format = useFormat();
  const mayAttach = useCan('ticket_attachments_create');
  const queue = useTicketUploads(ticket);
  const list = useQuery(ticketAttachmentsOptions(useOrgId(), ticket));
  const own = list.data?.filter(({ commentId }) => !commentId) ?? [];
  const add = useCallback((files: File[]) => queue.add(files), [queue]);
  const isOver = useDrop(area, mayAttach, add);
  usePaste(mayAttach, add);
  return (
    <>
      <section aria-label={t('files.ofTicket')} className="flex flex-col gap-2">
        {(mayAttach || own.length > 0) && (
          <div className="-mx-2 flex min-h-control-sm items-center gap-2">
            {mayAttach && <PickFiles label={t('files.attach')} onFiles={add} />}
            {own.length > 0 && (
              <span className={`num text-meta text-muted ${mayAttach ? '' : 'px-2'}`}>
                {t('files.count', { count: own.length, shown: format.number(own.length) })}
              </span>
            )}
          </div>
        )}
        {list.error && !list.data && (
          <p role="alert" className="flex items-center gap-2 text-danger text-meta">
            {problemText(t, list.error)}
            <Button size="sm" busy={list.isFetching} onClick={() => void list.refetch()}>
              {t('patterns.retry')}
            </Button>
          </p>
        )}
        <Tiles ticket={ticket} found={own} label={t('files.ofTicket')} by={name} />
        <UploadList queue={queue} />
      </section>
      {isOver && <DropMark text={t('files.dropOnTicket')} />}
    </>
  );
}

/** Where files that are held over the page would go. */
function DropMark({ text }: { text: string }) {
  return (
    <div className="pointer-events-none absolute -inset-2 z-10 flex items-center justify-center rounded-control border-2 border-accent border-dashed bg-accent-soft/90 p-2 text-center font-medium text-accent-text text-dense">
      {text}
    </div>
  );
}

/** Files in the clipboard go to the ticket, unless somebody writes: then they belong to what he writes. */
function usePaste(enabled: boolean, onFiles: (files: File[]) => void): void {
  useEffect(() => {
    if (!enabled) return;
    const paste = (event: ClipboardEvent) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      const writes =
        event.target instanceof Element && event.target.closest('input, textarea, [role=dialog]');
      if (pasted.length === 0 || writes) return;
      event.preventDefault();
      onFiles(pasted);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [enabled, onFiles]);
}

/** The files of a comment, and those that still follow it. */
export function CommentFiles({ ticket, comment }: { ticket: string; comment: string }) {
  const t = useT();
  const list = useQuery(ticketAttachmentsOptions(useOrgId(), ticket));
  const queue = useCommentUploads(ticket, comment);
  const own = list.data?.filter(({ commentId }) => commentId === comment) ?? [];
  return (
    <div className="flex flex-col gap-2 not-empty:mt-2">
      <Tiles ticket={ticket} found={own} label={t('files.ofComment')} />
      {queue && <UploadList queue={queue} />}
    </div>
  );
}

/** What the box of a comment has to know of its files. */
export interface Draft {
  count: number;
  /** What a comment says that is nothing but its files. */
  onlyFiles: string;
  /** The comment is written: they follow it. */
  follow: (comment: string) => void;
}

export interface DraftFilesProps {
  ticket: string;
  /** Where files can be let go of and pasted. */
  area: RefObject<HTMLElement | null>;
  onChange: (draft: Draft) => void;
}

/** The files of a comment that is being written. They are sent at once, and follow the comment when it is there. */
export function DraftFiles({ ticket, area, onChange }: DraftFilesProps) {
  const t = useT();
  const queue = useDraftUploads(ticket);
  const uploads = useUploads(queue);
  const follow = useFollowComment(ticket);
  const add = useCallback((files: File[]) => queue.add(files), [queue]);
  const isOver = useDrop(area, true, add);
  const count = uploads.length;
  const onlyFiles = t('files.onlyFiles', { count });
  useEffect(() => onChange({ count, onlyFiles, follow }), [count, onlyFiles, follow, onChange]);
  useEffect(() => {
    const element = area.current;
    const paste = (event: ClipboardEvent) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0) return;
      event.preventDefault();
      add(pasted);
    };
    element?.addEventListener('paste', paste);
    return () => element?.removeEventListener('paste', paste);
  }, [area, add]);
  return (
    <>
      {count > 0 && (
        <div className="max-h-48 overflow-y-auto">
          <UploadList queue={queue} />
        </div>
      )}
      {isOver && <DropMark text={t('files.dropOnComment')} />}
    </>
  );
}

/** Asks for files for the comment that is being written. */
export function PickForComment({ ticket }: { ticket: string }) {
  const t = useT();
  const queue = useDraftUploads(ticket);
  return <PickFiles compact label={t('files.attachToComment')} onFiles={(files) => queue.add(files)} />;
}
