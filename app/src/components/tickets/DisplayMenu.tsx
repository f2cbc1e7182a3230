import { Download, SlidersHorizontal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';
import { problemText } from '@/lib/problem-text';
import { type TicketSearch, useExportTickets } from '@/queries/tickets';
import { type Grouping, groupings, orders } from './search';

export interface DisplayMenuProps {
  grouping: Grouping;
  order: NonNullable<TicketSearch['sort']>;
  filter: TicketSearch;
  /** The board is always grouped by its columns. */
  canGroup: boolean;
  /** More people than groups are good for. */
  byPeople: boolean;
  onGroup: (grouping: Grouping) => void;
  onOrder: (order: NonNullable<TicketSearch['sort']>) => void;
}

const groupLabels: Record<Grouping, string> = {
  column: 'tickets.status',
  priority: 'tickets.priority',
  type: 'tickets.type',
  assignee: 'tickets.assignee',
  none: 'tickets.groupNone',
};

const orderLabels: Record<(typeof orders)[number], string> = {
  rank: 'tickets.orderRank',
  '-createdAt': 'tickets.orderCreated',
  '-updatedAt': 'tickets.orderUpdated',
  dueAt: 'tickets.orderDue',
  '-priority': 'tickets.orderPriority',
};

/** Group, order, and the way out as a file. */
export function DisplayMenu(props: DisplayMenuProps) {
  const t = useT();
  const send = useExportTickets();
  const download = () =>
    send.mutate(
      { ...props.filter, sort: props.order },
      {
        onSuccess: ({ blob, name }) => saveFile(blob, name ?? 'tickets.csv'),
        onError: (error) =>
          toast({ title: t('tickets.notExported'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" icon={<SlidersHorizontal />} busy={send.isPending}>
          <span className="max-sm:sr-only">{t('tickets.display')}</span>
        </Button>
      }
    >
      {props.canGroup && (
        <>
          <MenuLabel>{t('tickets.groupBy')}</MenuLabel>
          <MenuRadio
            value={props.grouping}
            onValueChange={props.onGroup}
            options={groupings
              .filter((grouping) => grouping !== 'assignee' || props.byPeople)
              .map((grouping) => ({ value: grouping, label: t(groupLabels[grouping]) }))}
          />
          <MenuSeparator />
        </>
      )}
      <MenuLabel>{t('tickets.orderBy')}</MenuLabel>
      <MenuRadio
        value={props.order}
        onValueChange={props.onOrder}
        options={orders.map((order) => ({ value: order, label: t(orderLabels[order]) }))}
      />
      <MenuSeparator />
      <MenuItem icon={<Download />} onSelect={download}>
        {t('tickets.export')}
      </MenuItem>
    </Menu>
  );
}
