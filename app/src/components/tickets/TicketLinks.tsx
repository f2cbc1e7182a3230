import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Link2, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { type FullTicket, type TicketRelation, ticketRelationValues } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { type LoadOptions, PickList } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useFormat } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { ticketLinksOptions, useLinkTicket, useUnlinkTicket } from '@/queries/ticketLinks';
import { ticketListOptions } from '@/queries/tickets';
import { useTicketHref } from './use-ticket-href';
import { relationWords, StatusMark } from './words';

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

function AddLink({ ticket }: { ticket: FullTicket }) {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const org = useOrgId();
  const link = useLinkTicket();
  const [open, setOpen] = useState(false);
  const [relation, setRelation] = useState<TicketRelation>('relates');
  const load = useCallback<LoadOptions>(
    async (query) => {
      const search = { ...(query.trim() !== '' && { search: query.trim() }), limit: 20 };
      const found = rows(await client.fetchInfiniteQuery(ticketListOptions(org, search)));
      return found
        .filter(({ id }) => id !== ticket.id)
        .map((other) => ({
          value: other.id,
          label: `#${format.number(other.number)} ${other.title}`,
          icon: <StatusMark status={other.status} decorative />,
        }));
    },
    [client, org, ticket.id, format],
  );
  const pick = (other: string) => {
    setOpen(false);
    link.mutate(
      { ticket: ticket.id, ticketId: other, relation },
      {
        onError: (error) =>
          toast({ title: t('tickets.notLinked'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('tickets.addLink')}
      className="w-80"
      trigger={
        <Button size="sm" variant="ghost" icon={<Link2 />} busy={link.isPending}>
          {t('tickets.addLink')}
        </Button>
      }
    >
      <div className="border-line border-b p-2">
        <Select
          label={t('tickets.relation')}
          value={relation}
          onValueChange={setRelation}
          options={ticketRelationValues.map((value) => ({ value, label: t(relationWords[value]) }))}
        />
      </div>
      <PickList
        label={t('tickets.otherTicket')}
        searchPlaceholder={t('tickets.search')}
        selected={new Set()}
        load={load}
        onPick={({ value }) => pick(value)}
      />
    </Popover>
  );
}
