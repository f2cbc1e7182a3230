import { CalendarClock } from 'lucide-react';
import type { Ticket } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';

export function isLate({ dueAt, status }: Pick<Ticket, 'dueAt' | 'status'>, now = new Date()): boolean {
  return Boolean(dueAt) && status !== 'resolved' && status !== 'closed' && new Date(dueAt ?? 0) < now;
}

/** When it is due; late says so in words too, not by the colour alone. */
export function DueMark({ ticket }: { ticket: Pick<Ticket, 'dueAt' | 'status'> }) {
  const t = useT();
  const format = useFormat();
  if (!ticket.dueAt) return null;
  const late = isLate(ticket);
  const day = format.date(ticket.dueAt, 'short');
  return (
    <span
      title={t(late ? 'tickets.lateSince' : 'tickets.dueOn', { date: format.date(ticket.dueAt) })}
      className={`num inline-flex shrink-0 items-center gap-1 text-meta ${late ? 'font-medium text-danger' : 'text-muted'}`}
    >
      <CalendarClock aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t(late ? 'tickets.late' : 'tickets.due')}</span>
      {day}
    </span>
  );
}
