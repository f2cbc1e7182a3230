import { Copy, Ellipsis, Link2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FullTicket } from '@/api/schema';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { useDeleteTicket } from '@/queries/tickets';
import { useTicketHref } from './use-ticket-href';

/** What one seldom does with a ticket. */
export function TicketMenu({ ticket, onDeleted }: { ticket: FullTicket; onDeleted: () => void }) {
  const t = useT();
  const href = useTicketHref();
  const mayDelete = useCan('tickets_delete');
  const remove = useDeleteTicket();
  const [asking, setAsking] = useState(false);
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ title: t('patterns.copied') }),
      () => toast({ title: t('patterns.copyFailed'), tone: 'danger' }),
    );
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton tooltip={false} label={t('patterns.actions')} icon={<Ellipsis />} />}
      >
        <MenuItem icon={<Link2 />} onSelect={() => void copy(location.origin + href(ticket.id))}>
          {t('tickets.copyLink')}
        </MenuItem>
        <MenuItem icon={<Copy />} onSelect={() => void copy(`#${ticket.number}`)}>
          {t('tickets.copyNumber')}
        </MenuItem>
        {mayDelete && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setAsking(true)}>
              {t('tickets.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('tickets.deleteTitle', { number: ticket.number })}
        description={t('tickets.deleteText')}
        confirmLabel={t('tickets.delete')}
        typedName={`#${ticket.number}`}
        busy={remove.isPending}
        error={remove.error && problemText(t, remove.error)}
        onConfirm={() => remove.mutate({ id: ticket.id, version: ticket.version }, { onSuccess: onDeleted })}
      />
    </>
  );
}
