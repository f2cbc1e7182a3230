import { clsx } from 'clsx';
import { CalendarClock } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Ticket } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { dayBounds, dayIn } from '@/lib/time';
import { isLate } from './DueMark';
import { propertyLook } from './PropertyPick';

const Calendar = lazy(() => import('@/components/ui/calendar').then((m) => ({ default: m.Calendar })));

export interface DuePickProps {
  dueAt: string | null;
  status: Ticket['status'];
  disabled?: boolean;
  onPick: (dueAt: string | null) => void;
  boxed?: boolean;
}

/** A day; the ticket is due when it ends where the reader is. */
export function DuePick({ dueAt, status, disabled = false, onPick, boxed = false }: DuePickProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const [open, setOpen] = useState(false);
  const pick = (next: string | null) => {
    setOpen(false);
    onPick(next);
  };
  const late = isLate({ dueAt, status });
  const shown = dueAt ? format.date(dueAt) : t('tickets.noDue');
  const trigger = (
    <button
      type="button"
      disabled={disabled}
      aria-label={t('patterns.editValue', { name: t('tickets.due'), value: shown })}
      className={clsx(
        propertyLook,
        boxed ? 'h-control rounded-control border border-line px-2' : '-mx-1.5 px-1.5',
      )}
    >
      {(boxed || dueAt) && (
        <CalendarClock aria-hidden="true" className={late ? 'text-danger' : 'text-muted'} />
      )}
      <span className={clsx('num truncate', late && 'font-medium text-danger', !dueAt && 'text-muted')}>
        {shown}
        {late && <span className="ml-1 font-normal text-meta">({t('tickets.late')})</span>}
      </span>
    </button>
  );
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('tickets.due')}
      trigger={trigger}
      className="p-3"
      onOpenAutoFocus={(event) => event.preventDefault()}
    >
      <Suspense>
        <Calendar
          autoFocus
          value={dueAt ? dayIn(dueAt, timeZone) : null}
          onPick={(day) => pick(dayBounds(day, timeZone).to.toISOString())}
        />
      </Suspense>
      {dueAt && (
        <div className="mt-2 flex justify-end border-line border-t pt-2">
          <Button size="sm" variant="ghost" onClick={() => pick(null)}>
            {t('patterns.clear')}
          </Button>
        </div>
      )}
    </Popover>
  );
}
