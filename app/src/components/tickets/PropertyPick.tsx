import { clsx } from 'clsx';
import { useState } from 'react';
import { PickList, type PickOption } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useT } from '@/i18n/i18n';

export interface PropertyPickProps {
  label: string;
  value: PickOption | undefined;
  /** What is shown for a value that is not among the options. */
  fallback?: string;
  options: readonly PickOption[];
  disabled?: boolean;
  onPick: (value: string) => void;
  /** With an edge, as the controls of a form. */
  boxed?: boolean;
}

export const propertyLook =
  'flex min-h-control-sm min-w-0 max-w-full items-center gap-2 rounded-chip text-left text-dense not-disabled:hover:bg-hover data-[state=open]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

/** A value that opens its list on click. */
export function PropertyPick(props: PropertyPickProps) {
  const t = useT();
  const { label, value, fallback, options, disabled = false, onPick, boxed = false } = props;
  const [open, setOpen] = useState(false);
  const shown = value?.label ?? fallback ?? t('tickets.nothing');
  const trigger = (
    <button
      type="button"
      disabled={disabled}
      aria-label={t('patterns.editValue', { name: label, value: shown })}
      className={clsx(
        propertyLook,
        boxed ? 'h-control rounded-control border border-line px-2' : '-mx-1.5 px-1.5',
      )}
    >
      {value?.icon}
      <span className={clsx('truncate', !value && !fallback && 'text-muted')}>{shown}</span>
    </button>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} label={label} trigger={trigger} className="w-60">
      <PickList
        label={label}
        options={options}
        selected={new Set(value ? [value.value] : [])}
        onPick={(option) => {
          setOpen(false);
          onPick(option.value);
        }}
      />
    </Popover>
  );
}
