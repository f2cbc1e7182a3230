import { Plus } from 'lucide-react';
import { type ClipboardEvent, useEffect, useRef } from 'react';
import { type UseFormReturn, useFieldArray } from 'react-hook-form';
import type { CatalogueItem, TaxRate } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { amountText } from '@/lib/typed-money';
import { CataloguePick } from './CataloguePick';
import { type DraftValues, emptyLine, isBlank, pastedLines } from './draft-model';
import { LineRow, lineTracks, NO_TAX } from './LineRow';
import { taxRateText } from './tax-text';
import type { Preview } from './use-preview';

export interface LineEditorProps {
  form: UseFormReturn<DraftValues>;
  taxRates: readonly TaxRate[];
  preview: Preview;
  /** What is wrong, by the path of the form. */
  faults: ReadonlyMap<string, string>;
}

/** The lines: Enter begins the next, rows of a spreadsheet can be pasted. */
export function LineEditor({ form, taxRates, preview, faults }: LineEditorProps) {
  const t = useT();
  const format = useFormat();
  const root = useRef<HTMLDivElement>(null);
  const focusOn = useRef<number | null>(null);
  const { fields, insert, append, move, remove, replace } = useFieldArray({
    control: form.control,
    name: 'lines',
  });
  useEffect(() => {
    if (focusOn.current === null) return;
    root.current?.querySelector<HTMLInputElement>(`[data-line="${focusOn.current}"] input`)?.focus();
    focusOn.current = null;
  });

  const usual = () =>
    form.getValues('lines').at(-1)?.taxRateId ??
    taxRates.find(({ kind, standing }) => kind === 'rated' && standing === 'active')?.id ??
    null;
  const addAfter = (place: number) => {
    insert(place + 1, emptyLine(usual()), { shouldFocus: false });
    focusOn.current = place + 1;
  };
  const paste = (place: number) => (event: ClipboardEvent<HTMLInputElement>) => {
    const rows = pastedLines(event.clipboardData.getData('text/plain'), usual());
    if (!rows) return;
    event.preventDefault();
    const lines = form.getValues('lines');
    const here = lines[place];
    const rest = lines.slice(place + 1);
    replace([...lines.slice(0, place), ...(here && !isBlank(here) ? [here] : []), ...rows, ...rest]);
  };
  const addItem = (item: CatalogueItem) => {
    const { currency } = form.getValues();
    const line = {
      ...emptyLine(item.taxRateId ?? null),
      itemId: item.id,
      description: item.description || item.name,
      // A price in another currency is none here.
      price:
        item.unitPrice.currency === currency
          ? amountText(item.unitPrice.amount, item.unitPrice.currency)
          : '',
    };
    const last = form.getValues('lines').at(-1);
    if (last && isBlank(last)) form.setValue(`lines.${fields.length - 1}`, line, { shouldDirty: true });
    else append(line, { shouldFocus: false });
  };
  const drop = (place: number) => {
    if (fields.length === 1) replace([emptyLine(usual())]);
    else remove(place);
  };
  const used = new Set(form.watch('lines').map(({ taxRateId }) => taxRateId));
  const taxes = [
    ...taxRates
      .filter(({ id, standing }) => standing === 'active' || used.has(id))
      .map((rate) => ({ value: rate.id, label: taxRateText(t, format, rate) })),
    { value: NO_TAX, label: t('invoices.taxNone') },
  ];
  const faultsOf = (place: number) => {
    const prefix = `lines.${place}.`;
    const own = [...faults].filter(([path]) => path.startsWith(prefix));
    return Object.fromEntries(own.map(([path, text]) => [path.slice(prefix.length), text]));
  };
  return (
    <div ref={root} className="@container flex flex-col">
      <div
        aria-hidden="true"
        className={`@xl:grid hidden ${lineTracks} gap-x-2 border-line border-b pb-1.5 font-medium text-meta text-muted`}
      >
        <span>{t('invoices.description')}</span>
        <span className="text-right">{t('invoices.quantity')}</span>
        <span className="text-right">{t('invoices.price')}</span>
        <span>{t('invoices.tax')}</span>
        <span className="text-right">{t('invoices.amount')}</span>
      </div>
      <div className="divide-y divide-line border-line border-b">
        {fields.map((field, place) => (
          <LineRow
            key={field.id}
            form={form}
            place={place}
            count={fields.length}
            taxes={taxes}
            amount={preview.amounts.get(place)}
            waiting={preview.stale && !preview.error}
            faults={faultsOf(place)}
            onEnter={() => addAfter(place)}
            onPaste={paste(place)}
            onMove={(to) => move(place, to)}
            onRemove={() => drop(place)}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2 pt-3">
        <Button size="sm" icon={<Plus />} onClick={() => addAfter(fields.length - 1)}>
          {t('invoices.lineAdd')}
        </Button>
        <CataloguePick onPick={addItem} />
        <span className="text-meta text-muted max-sm:hidden">{t('invoices.lineHint')}</span>
      </div>
    </div>
  );
}
