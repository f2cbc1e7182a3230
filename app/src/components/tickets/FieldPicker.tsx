import type { Ticket, UpdateTicket } from '@/api/schema';
import { Dialog } from '@/components/ui/dialog';
import { PickList, type PickOption } from '@/components/ui/pick-list';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { changeBy, fieldLabels, type PickField, valuesOf } from './field-options';
import { TagPicker } from './TagPicker';

export interface FieldPickerProps {
  field: PickField;
  /** One, or all that are selected. */
  tickets: readonly Ticket[];
  options: readonly PickOption[];
  onChange: (change: UpdateTicket) => void;
  onClose: () => void;
}

/** What S, P, A and L open: a list to type into, for one ticket or for all that are selected. */
export function FieldPicker({ field, tickets, options, onChange, onClose }: FieldPickerProps) {
  const t = useT();
  const format = useFormat();
  const [first] = tickets;
  if (!first) return null;
  const label = t(fieldLabels[field]);
  const what =
    tickets.length === 1
      ? `#${format.number(first.number)} ${first.title}`
      : t('tickets.count', { count: tickets.length, shown: format.number(tickets.length) });
  // Checked is what all of them have.
  const shared = valuesOf(field, first).filter((value) =>
    tickets.every((ticket) => valuesOf(field, ticket).includes(value)),
  );
  const pick = (value: string) => {
    onChange(changeBy(field, value, shared.includes(value)));
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} size="sm" title={label} description={what}>
      <div className="-mx-3 rounded-control border border-line">
        {field === 'tags' ? (
          <TagPicker options={options} selected={shared} onPick={pick} />
        ) : (
          <PickList
            label={label}
            options={options}
            selected={new Set(shared)}
            onPick={({ value }) => pick(value)}
          />
        )}
      </div>
    </Dialog>
  );
}
