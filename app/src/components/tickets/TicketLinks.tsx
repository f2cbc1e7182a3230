import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { FullTicket } from '@/api/schema';
import { lazyPart } from '@/components/patterns/lazy-part';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { ticketLinksOptions, useUnlinkTicket } from '@/queries/ticketLinks';
import { useTicketHref } from './use-ticket-href';
import { relationWords, StatusMark } from './words';

const AddLink = lazyPart(() => import('./AddLink').then((m) => m.AddLink), { missing: () => null });

/** Other tickets that this one has to do with. */
export function TicketLinks({ ticket }: { ticket: FullTicket }) {
  const t = useT();
  const format = useFormat();
  const href = useTicketHref();
  const org = useOrgId();
  const { data } = useQuery({ ...ticketLinksOptions(org, ticket.id), throwOnError: false });
  const unlink = useUnlinkTicket();
  const mayWrite = useCan('ticket_links_create');
  const links = data ?? [];
  const take = (id: string) =>
    unlink.mutate(
      { ticket: ticket.id, id },
      {
        onError: (error) =>
          toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  if (links.length === 0 && !mayWrite) return null;
  return (
    <section aria-label={t('tickets.links')} className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium text-dense text-muted">{t('tickets.links')}</h2>
        {mayWrite && <AddLink ticket={ticket} />}
      </div>
      <ul className="flex flex-col">
        {links.map((link) => {
          const name = `#${format.number(link.ticketNumber)} ${link.ticketTitle}`;
          return (
            <li key={link.id} className="flex min-h-control-sm items-center gap-2 text-dense">
              <StatusMark status={link.ticketStatus} />
              <span className="min-w-0 flex-1">
                <span className="block text-meta text-muted">{t(relationWords[link.relation])}</span>
                <Link to={href(link.ticketId)} className="block truncate rounded-chip hover:underline">
                  {name}
                </Link>
              </span>
              {mayWrite && (
                <IconButton
                  size="sm"
                  tooltip={false}
                  label={t('patterns.remove', { name })}
                  icon={<X />}
                  onClick={() => take(link.id)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
