import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { type Currency, currencyValues } from '@/api/schema';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { today } from '@/lib/time';
import { useCan } from '@/queries/bootstrap';
import { DiscountInput } from './DiscountInput';
import type { DraftValues } from './draft-model';
import { dueDay } from './due-day';
import { useCustomerOptions } from './use-customer-options';

// Fetched when somebody opens it.
const CustomerDialog = lazyDialog(() => import('./CustomerDialog').then((m) => m.CustomerDialog));

export interface DraftFieldsProps {
  form: UseFormReturn<DraftValues>;
  /** What is wrong, by the path of the form. */
  faults: ReadonlyMap<string, string>;
  /** The lines. */
  children: ReactNode;
}

/** Whom, when and what for; the lines; what stands under them. */
export function DraftFields({ form, faults, children }: DraftFieldsProps) {
  const t = useT();
  const currency = form.watch('currency');
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-6">
        <CustomerField form={form} error={faults.get('customer')} />
        <Field className="sm:col-span-2" label={t('invoices.currency')} error={faults.get('currency')}>
          <Controller
            control={form.control}
            name="currency"
            render={({ field }) => (
              <Combobox
                label={t('invoices.currency')}
                value={{ value: field.value, label: field.value }}
                options={currencyOptions}
                onValueChange={(option) => {
                  const chosen = currencyValues.find((one) => one === option?.value);
                  if (chosen) field.onChange(chosen);
                }}
              />
            )}
          />
        </Field>
        <DueField form={form} error={faults.get('dueDays')} />
        <Field
          className="sm:col-span-4"
          label={t('invoices.poNumber')}
          hint={t('invoices.poNumberHint')}
          optional
          error={faults.get('poNumber')}
        >
          <Input autoComplete="off" maxLength={60} {...form.register('poNumber')} />
        </Field>
      </div>
      {children}
      <div className="flex flex-wrap items-start justify-end gap-2">
        <span className="flex h-control items-center text-dense text-muted">
          {t('invoices.documentDiscount')}
        </span>
        <DiscountInput
          form={form}
          kindPath="discountKind"
          path="discount"
          currency={currency}
          error={faults.get('discount')}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('invoices.notes')}
          hint={t('invoices.notesHint')}
          optional
          error={faults.get('notes')}
        >
          <Textarea maxLength={2000} {...form.register('notes')} />
        </Field>
        <Field
          label={t('invoices.terms')}
          hint={t('invoices.termsHint')}
          optional
          error={faults.get('terms')}
        >
          <Textarea maxLength={2000} {...form.register('terms')} />
        </Field>
      </div>
    </>
  );
}

/** Those one meets here come first. */
const near: readonly Currency[] = ['NPR', 'INR', 'USD', 'EUR', 'GBP'];
const currencyOptions = [...near, ...currencyValues.filter((one) => !near.includes(one))].map((value) => ({
  value,
  label: value,
}));

function CustomerField({ form, error }: { form: UseFormReturn<DraftValues>; error: string | undefined }) {
  const t = useT();
  const load = useCustomerOptions();
  const [creating, setCreating] = useState(false);
  const mayCreate = useCan('customers_create');
  return (
    <div className="flex items-start gap-2 sm:col-span-4">
      <Field className="flex-1" label={t('invoices.customer')} error={error}>
        <Controller
          control={form.control}
          name="customer"
          render={({ field }) => (
            <Combobox
              label={t('invoices.customer')}
              placeholder={t('invoices.customerChoose')}
              value={field.value}
              load={load}
              emptyText={t('invoices.customersNoneFound')}
              onValueChange={(option) => {
                form.clearErrors('customer');
                field.onChange(option && { value: option.value, label: option.label });
              }}
            />
          )}
        />
      </Field>
      {mayCreate && (
        <Button className="mt-[calc(var(--lh-dense)+4px)]" icon={<Plus />} onClick={() => setCreating(true)}>
          {t('invoices.customerNewShort')}
        </Button>
      )}
      {creating && (
        <CustomerDialog
          onClose={() => setCreating(false)}
          onDone={({ id, name }) => {
            form.clearErrors('customer');
            form.setValue('customer', { value: id, label: name }, { shouldDirty: true });
            setCreating(false);
          }}
        />
      )}
    </div>
  );
}

/** In how many days; under it the day that would be, in both calendars. */
function DueField({ form, error }: { form: UseFormReturn<DraftValues>; error: string | undefined }) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const days = Number(form.watch('dueDays'));
  const known = Number.isInteger(days) && days >= 0 && days <= 365;
  const day = known ? dueDay(today(timeZone), days) : undefined;
  return (
    <Field
      className="sm:col-span-2"
      label={t('invoices.dueDays')}
      hint={day && `${format.day(day)} · ${format.dayOther(day)}`}
      error={error}
    >
      <Input inputMode="numeric" className="num" maxLength={3} {...form.register('dueDays')} />
    </Field>
  );
}
