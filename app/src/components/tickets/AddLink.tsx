import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { type FullTicket, type TicketRelation, ticketRelationValues } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { type LoadOptions, PickList } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useFormat } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { useLinkTicket } from '@/queries/ticketLinks';
import { ticketListOptions } from '@/queries/tickets';
import { relationWords, StatusMark } from './words';

/** Chooses how, and with which ticket. */
export function AddLink({ ticket }: { ticket: FullTicket }) {
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
