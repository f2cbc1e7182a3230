import { clsx } from 'clsx';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import type { Ticket } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { Checkbox } from '@/components/ui/checkbox';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { stepFocus } from './cards-focus';
import { DueMark } from './DueMark';
import { placed, type RowActs } from './rows';
import { TagList } from './TagList';
import type { People } from './use-people';
import { PriorityMark, StatusMark } from './words';

export interface TicketRowProps {
  ticket: Ticket;
  people: People;
  position: number;
  total: number;
  selected: boolean;
  /** Something is selected: every box is shown. */
  selecting: boolean;
  tabbable: boolean;
  acts: RowActs;
  onFocusRow: (id: string) => void;
  measure?: ((element: HTMLElement | null) => void) | undefined;
  dataIndex?: number | undefined;
  start?: number | undefined;
}

/** One ticket in one line. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const t = useT();
  const format = useFormat();
  const { ticket, people, selected } = props;
  const { onOpen, onPeek, onToggle } = props.acts;
  const name = `#${format.number(ticket.number)} ${ticket.title}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = new Map<string, () => void>([
      ['Enter', () => onOpen(ticket)],
      [' ', () => onPeek(ticket)],
      ['x', () => onToggle(ticket, event.shiftKey)],
      ['ArrowDown', () => stepFocus(null, 1)],
      ['ArrowUp', () => stepFocus(null, -1)],
    ]);
    const act = acts.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button, label, input')) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) onToggle(ticket, event.shiftKey);
    else onOpen(ticket);
  };
  return (
    <li
      ref={props.measure}
      data-index={props.dataIndex}
      style={placed(props.start)}
      aria-posinset={props.position}
      aria-setsize={props.total}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a row holds controls of its own, a button may not */}
      <div
        role="group"
        data-card={ticket.id}
        tabIndex={props.tabbable ? 0 : -1}
        aria-label={name}
        aria-keyshortcuts="Enter Space X"
        onFocus={() => props.onFocusRow(ticket.id)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className={clsx(
          'group/row focus-inset flex h-row min-w-0 cursor-default items-center gap-2 border-line border-b px-4 text-dense',
          selected ? 'bg-accent-soft' : 'hover:bg-hover',
        )}
      >
        <span
          className={clsx(
            'max-sm:hidden',
            !props.selecting &&
              !selected &&
              'opacity-0 focus-within:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100',
          )}
        >
          <Checkbox
            hideLabel
            label={t('patterns.selectRow', { name })}
            checked={selected}
            tabIndex={props.tabbable ? 0 : -1}
            onCheckedChange={() => undefined}
            onClick={(event) => onToggle(ticket, event.shiftKey)}
          />
        </span>
        <PriorityMark priority={ticket.priority} />
        <span className="num w-12 shrink-0 text-meta text-muted max-sm:w-auto">
          #{format.number(ticket.number)}
        </span>
        <StatusMark status={ticket.status} />
        <span className="min-w-0 flex-1 truncate font-medium">{ticket.title}</span>
        <span className="flex min-w-0 shrink items-center max-md:hidden">
          <TagList tags={ticket.tags} most={2} />
        </span>
        <span className="flex shrink-0 justify-end sm:w-20">
          <DueMark ticket={ticket} />
        </span>
        <time
          dateTime={ticket.updatedAt}
          title={t('tickets.updatedOn', { date: format.dateTime(ticket.updatedAt) })}
          className="num w-16 shrink-0 truncate text-right text-meta text-muted max-lg:hidden"
        >
          {format.date(ticket.updatedAt, 'short')}
        </time>
        <span className="flex w-5 shrink-0 justify-end">
          {ticket.assigneeId && (
            <Avatar name={people.name(ticket.assigneeId)} src={people.picture(ticket.assigneeId)} size="sm" />
          )}
        </span>
      </div>
    </li>
  );
});
