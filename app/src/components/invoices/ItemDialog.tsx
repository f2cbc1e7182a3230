import { Controller, useForm } from 'react-hook-form';
import type { CatalogueItem, Currency, TaxRate } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { amountText, parseAmount } from '@/lib/typed-money';
import { useCreateItem, useUpdateItem } from '@/queries/catalogue';
import { NO_TAX } from './LineRow';
import { taxRateText } from './tax-text';

export interface ItemDialogProps {
  /** The one to change; without it a new one is made. */
  item?: CatalogueItem | undefined;
  taxRates: readonly TaxRate[];
  currency: Currency;
  onClose: () => void;
}

interface Values {
  name: string;
  description: string;
  unitPrice: string;
  taxRateId: string;
}

/** Something that is sold often. Mounted while it is open. */
export function ItemDialog({ item, onClose, ...rest }: ItemDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={item ? t('invoices.itemEdit') : t('invoices.itemNew')}
      description={item ? undefined : t('invoices.itemAbout')}
    >
      <ItemForm item={item} onClose={onClose} {...rest} />
    </Dialog>
  );
}

/** The first active rate: what most things are taxed with. */
const usualRate = (rates: readonly TaxRate[]) =>
  rates.find(({ kind, standing }) => kind === 'rated' && standing === 'active')?.id ?? NO_TAX;

function beginning(item: CatalogueItem | undefined, taxRates: readonly TaxRate[]): Values {
  if (!item) return { name: '', description: '', unitPrice: '', taxRateId: usualRate(taxRates) };
  return {
    name: item.name,
    description: item.description,
    unitPrice: amountText(item.unitPrice.amount, item.unitPrice.currency),
    taxRateId: item.taxRateId ?? NO_TAX,
  };
}

function ItemForm({ item, taxRates, currency, onClose }: ItemDialogProps) {
  const t = useT();
  const create = useCreateItem();
  const update = useUpdateItem();
  const money = item?.unitPrice.currency ?? currency;
  const form = useForm<Values>({ defaultValues: beginning(item, taxRates) });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ name, description, unitPrice, taxRateId }) => {
    const text = description.trim();
    const rate = taxRateId === NO_TAX ? null : taxRateId;
    const fields = {
      name: name.trim(),
      unitPrice: { amount: parseAmount(unitPrice, money) ?? 0, currency: money },
    };
    try {
      if (item) {
        const change = { ...fields, description: text || null, taxRateId: rate };
        await update.mutateAsync({ id: item.id, version: item.version, change });
      } else {
        await create.mutateAsync({
          ...fields,
          ...(text && { description: text }),
          ...(rate && { taxRateId: rate }),
        });
      }
      toast({ title: t('invoices.saved'), tone: 'success' });
      onClose();
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <Field label={t('invoices.name')} error={errors.name?.message}>
        <Input
          autoComplete="off"
          maxLength={200}
          {...form.register('name', { validate: (text) => text.trim() !== '' || t('invoices.nameNeeded') })}
        />
      </Field>
      <Field
        label={t('invoices.description')}
        hint={t('invoices.itemDescriptionHint')}
        optional
        error={errors.description?.message}
      >
        <Textarea rows={2} maxLength={500} {...form.register('description')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('invoices.priceIn', { currency: money })} error={errors.unitPrice?.message}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            placeholder="0.00"
            className="num"
            {...form.register('unitPrice', {
              validate: (text) => parseAmount(text, money) !== null || t('invoices.priceWrong'),
            })}
          />
        </Field>
        <TaxField form={form} taxRates={taxRates} error={errors.taxRateId?.message} />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
          {t('invoices.save')}
        </Button>
      </div>
    </form>
  );
}

function TaxField(props: {
  form: ReturnType<typeof useForm<Values>>;
  taxRates: readonly TaxRate[];
  error: string | undefined;
}) {
  const t = useT();
  const format = useFormat();
  const chosen = props.form.watch('taxRateId');
  const options = [
    ...props.taxRates
      .filter(({ id, standing }) => standing === 'active' || id === chosen)
      .map((rate) => ({ value: rate.id, label: taxRateText(t, format, rate) })),
    { value: NO_TAX, label: t('invoices.taxNone') },
  ];
  return (
    <Field label={t('invoices.tax')} error={props.error}>
      <Controller
        control={props.form.control}
        name="taxRateId"
        render={({ field }) => (
          <Select value={field.value} onValueChange={field.onChange} options={options} />
        )}
      />
    </Field>
  );
}
