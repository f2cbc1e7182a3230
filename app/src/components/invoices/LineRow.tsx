import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, MoreHorizontal, Percent, Trash2 } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import type { Money } from '@/api/schema';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { Select, type SelectOption } from '@/components/ui/select';
import { useT } from '@/i18n/i18n';
import { DiscountInput } from './DiscountInput';
import type { DraftValues } from './draft-model';

/** The tracks of a line, and of the head over them, where there is room. */
export const lineTracks =
  '@xl:grid-cols-[minmax(0,1fr)_64px_104px_124px_108px_28px] grid-cols-[64px_minmax(0,1fr)_minmax(0,1fr)]';

export const NO_TAX = 'none';

export interface LineRowProps {
  form: UseFormReturn<DraftValues>;
  place: number;
  count: number;
  taxes: readonly SelectOption[];
  /** What the server makes of it; not known while it is `waiting` for what changed. */
  amount: Money | undefined;
  waiting: boolean;
  /** What is wrong with it, by field. */
  faults: Partial<Record<string, string>>;
  onEnter: () => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

export function LineRow(props: LineRowProps) {
  const t = useT();
  const format = useFormat();
  const { form, place, faults, amount } = props;
  const path = `lines.${place}` as const;
  const currency = form.watch('currency');
  const discount = form.watch(`${path}.discount`);
  const discounted = discount !== '' || form.watch(`${path}.discountKind`) === 'amount';
  const name = t('invoices.lineNumber', { shown: format.number(place + 1) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    props.onEnter();
  };
  return (
    <fieldset className={`grid ${lineTracks} items-start gap-x-2 gap-y-2 py-2.5`} data-line={place}>
      <legend className="sr-only">{name}</legend>
      <Field
        className="@xl:col-span-1 col-span-3"
        label={t('invoices.description')}
        hideLabel
        error={faults.description}
      >
        <Input
          maxLength={500}
          autoComplete="off"
          placeholder={t('invoices.description')}
          onKeyDown={onKeyDown}
          onPaste={props.onPaste}
          {...form.register(`${path}.description`)}
        />
      </Field>
      <Field label={t('invoices.quantity')} hideLabel error={faults.quantity}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="num text-right"
          onKeyDown={onKeyDown}
          {...form.register(`${path}.quantity`)}
        />
      </Field>
      <Field label={t('invoices.price')} hideLabel error={faults.price}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="num text-right"
          placeholder="0.00"
          onKeyDown={onKeyDown}
          {...form.register(`${path}.price`)}
        />
      </Field>
      <Field label={t('invoices.tax')} hideLabel error={faults.taxRateId}>
        <Controller
          control={form.control}
          name={`${path}.taxRateId`}
          render={({ field }) => (
            <Select
              value={field.value ?? NO_TAX}
              onValueChange={(value) => field.onChange(value === NO_TAX ? null : value)}
              options={props.taxes}
            />
          )}
        />
      </Field>
      <LineAmount amount={amount} waiting={props.waiting} faulty={Object.keys(faults).length > 0} />
      <LineMenu {...props} name={name} discounted={discounted} />
      {discounted && (
        <div className="@xl:col-span-4 col-span-3 flex items-start justify-end gap-2">
          <span className="flex h-control items-center text-dense text-muted">{t('invoices.discount')}</span>
          <DiscountInput
            form={form}
            kindPath={`${path}.discountKind`}
            path={`${path}.discount`}
            currency={currency}
            error={faults.discount}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
    </fieldset>
  );
}

/** The figure before stays with its line, and paler, until the next is there. */
function LineAmount({
  amount,
  waiting,
  faulty,
}: Pick<LineRowProps, 'amount' | 'waiting'> & { faulty: boolean }) {
  const t = useT();
  const format = useFormat();
  const [last, setLast] = useState(amount);
  if (amount && (amount.amount !== last?.amount || amount.currency !== last.currency)) setLast(amount);
  const old = !amount && waiting;
  const shown = faulty ? undefined : old ? last : amount;
  return (
    <output
      aria-label={t('invoices.amount')}
      aria-busy={old}
      className={clsx(
        'num @xl:col-span-1 col-span-2 flex h-control items-center justify-end text-dense',
        old && 'opacity-50',
      )}
    >
      {shown ? format.money(shown) : '–'}
    </output>
  );
}

function LineMenu(props: LineRowProps & { name: string; discounted: boolean }) {
  const t = useT();
  const { form, place, count, name, discounted } = props;
  const setDiscount = (kind: 'amount' | 'percent', typed: string) => {
    form.setValue(`lines.${place}.discountKind`, kind, { shouldDirty: true });
    form.setValue(`lines.${place}.discount`, typed, { shouldDirty: true });
  };
  return (
    <div className="flex justify-end">
      <Menu
        align="end"
        trigger={
          <IconButton tooltip={false} label={t('invoices.lineActions', { name })} icon={<MoreHorizontal />} />
        }
      >
        <MenuItem
          icon={<Percent />}
          onSelect={() => (discounted ? setDiscount('percent', '') : setDiscount('percent', '10'))}
        >
          {discounted ? t('invoices.discountRemove') : t('invoices.discountAdd')}
        </MenuItem>
        <MenuItem icon={<ArrowUp />} disabled={place === 0} onSelect={() => props.onMove(place - 1)}>
          {t('invoices.moveUp')}
        </MenuItem>
        <MenuItem
          icon={<ArrowDown />}
          disabled={place === count - 1}
          onSelect={() => props.onMove(place + 1)}
        >
          {t('invoices.moveDown')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={props.onRemove}>
          {t('invoices.lineRemove')}
        </MenuItem>
      </Menu>
    </div>
  );
}
