import { Ellipsis, History, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TicketComment } from '@/api/schema';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useBootstrap } from '@/queries/bootstrap';
import { useDeleteComment } from '@/queries/ticketComments';
import type { People } from './use-people';

const CommentHistory = lazyDialog(() => import('./CommentHistory').then((m) => m.CommentHistory));

export interface CommentMenuProps {
  ticket: string;
  comment: TicketComment;
  people: People;
  onEdit: () => void;
}

/** One's own comments can be edited and taken back; whoever manages tickets can do so with all. */
export function CommentMenu({ ticket, comment, people, onEdit }: CommentMenuProps) {
  const t = useT();
  const scopes = useBootstrap()?.scopes ?? [];
  const remove = useDeleteComment();
  const [open, setOpen] = useState<'history' | 'delete' | null>(null);
  const isMine = comment.authorId === people.me && scopes.includes('tickets:write');
  const mayChange = !comment.deletedAt && (isMine || scopes.includes('tickets:manage'));
  const wasEdited = Boolean(comment.editedAt) && !comment.deletedAt;
  if (!mayChange && !wasEdited) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" tooltip={false} label={t('tickets.commentActions')} icon={<Ellipsis />} />
        }
      >
        {mayChange && (
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t('tickets.edit')}
          </MenuItem>
        )}
        {wasEdited && (
          <MenuItem icon={<History />} onSelect={() => setOpen('history')}>
            {t('tickets.editHistory')}
          </MenuItem>
        )}
        {mayChange && (
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setOpen('delete')}>
            {t('tickets.deleteComment')}
          </MenuItem>
        )}
      </Menu>
      {open === 'history' && (
        <CommentHistory ticket={ticket} comment={comment} people={people} onClose={close} />
      )}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={t('tickets.deleteCommentTitle')}
        description={t('tickets.deleteCommentText')}
        confirmLabel={t('tickets.deleteComment')}
        busy={remove.isPending}
        error={remove.error && problemText(t, remove.error)}
        onConfirm={() =>
          remove.mutate({ ticket, id: comment.id, version: comment.version }, { onSuccess: close })
        }
      />
    </>
  );
}
