import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useMedia } from '@/components/patterns/use-media';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { Sheet } from '@/components/ui/sheet';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketOptions } from '@/queries/tickets';
import { TicketView } from './TicketView';
import { useTicketHref } from './use-ticket-href';

/** A ticket beside the board: the arrows go on working there. On small screens a sheet over it. */
export function TicketPeek({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const href = useTicketHref();
  const wide = useMedia('(min-width: 1024px)');
  const { data } = useQuery({ ...ticketOptions(useOrgId(), id), throwOnError: false });
  const title = data ? `#${format.number(data.number)}` : t('tickets.ticket');
  const open = (
    <Link
      to={href(id)}
      aria-label={t('tickets.openPage')}
      title={t('tickets.openPage')}
      className="inline-flex size-control items-center justify-center rounded-control text-muted hover:bg-hover hover:text-text [&_svg]:size-4"
    >
      <Maximize2 aria-hidden="true" />
    </Link>
  );
  if (!wide) {
    return (
      <Sheet open onOpenChange={onClose} title={title} actions={open}>
        <TicketView id={id} layout="panel" />
      </Sheet>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <aside
      aria-label={t('tickets.peek', { name: title })}
      onKeyDown={onKeyDown}
      className="flex w-peek shrink-0 animate-sheet flex-col border-line border-l bg-surface"
    >
      <header className="flex h-12 shrink-0 items-center gap-1 border-line border-b px-4">
        <span className="num flex-1 font-medium text-dense text-muted">{title}</span>
        {open}
        <IconButton label={t('patterns.close')} kbd="Esc" icon={<X />} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard */}
      <div tabIndex={0} className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 pt-4">
        <TicketView id={id} layout="panel" />
      </div>
    </aside>
  );
}
