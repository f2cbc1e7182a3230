import { CircleDot, SignalHigh, Tag, UserRound } from 'lucide-react';
import { BulkBar } from '@/components/patterns/BulkBar';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import type { PickField } from './field-options';

export interface TicketBulkBarProps {
  count: number;
  total: number;
  busy: boolean;
  onClear: () => void;
  onSelectAll: () => void;
  onPick: (field: PickField) => void;
}

const acts = [
  { field: 'column', label: 'tickets.status', icon: <CircleDot /> },
  { field: 'priority', label: 'tickets.priority', icon: <SignalHigh /> },
  { field: 'assignee', label: 'tickets.assignee', icon: <UserRound /> },
  { field: 'tags', label: 'tickets.tags', icon: <Tag /> },
] as const;

/** What can be done with all that are selected. */
export function TicketBulkBar({ count, total, busy, onClear, onSelectAll, onPick }: TicketBulkBarProps) {
  const t = useT();
  const canChange = useCan('tickets_bulk');
  return (
    <BulkBar count={count} onClear={onClear} total={total} onSelectAll={onSelectAll}>
      {canChange &&
        acts.map(({ field, label, icon }) => (
          <Button
            key={field}
            size="sm"
            variant="ghost"
            icon={icon}
            busy={busy}
            aria-label={t(label)}
            onClick={() => onPick(field)}
          >
            <span className="max-sm:hidden">{t(label)}</span>
          </Button>
        ))}
    </BulkBar>
  );
}
