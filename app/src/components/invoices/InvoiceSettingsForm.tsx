import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { type InvoiceDesign, type InvoiceSettings, invoiceDesignValues } from '@/api/schema';
import type { Body } from '@/api/types';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { SettingsSection } from '@/components/settings/Section';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { usePreferences } from '@/components/ui/preferences';
import { RadioGroup } from '@/components/ui/radio';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { fiscalYearOf } from '@/lib/bs-calendar';
import { toDigits } from '@/lib/digits';
import { today } from '@/lib/time';
import { invoiceSettingsOptions, useUpdateInvoiceSettings } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';

type Values = Record<
  'invoiceSeries' | 'creditNoteSeries' | 'dueDays' | 'notes' | 'terms' | 'paymentDetails',
  string
> & { design: InvoiceDesign };

const valuesOf = (settings: InvoiceSettings): Values => ({
  invoiceSeries: settings.invoiceSeries,
  creditNoteSeries: settings.creditNoteSeries,
  dueDays: String(settings.dueDays),
  notes: settings.notes,
  terms: settings.terms,
  paymentDetails: settings.paymentDetails,
  design: settings.design,
});

function onTheWire(change: Partial<Values>): Body<'invoice_settings_update'> {
  const { invoiceSeries, creditNoteSeries, dueDays, notes, terms, paymentDetails, design } = change;
  return {
    ...(invoiceSeries !== undefined && { invoiceSeries: invoiceSeries.trim().toUpperCase() }),
    ...(creditNoteSeries !== undefined && { creditNoteSeries: creditNoteSeries.trim().toUpperCase() }),
    ...(dueDays !== undefined && { dueDays: Number(dueDays) }),
    ...(notes !== undefined && { notes: notes.trim() || null }),
    ...(terms !== undefined && { terms: terms.trim() || null }),
    ...(paymentDetails !== undefined && { paymentDetails: paymentDetails.trim() || null }),
    ...(design && { design }),
  };
}

const SERIES = /^[A-Za-z][A-Za-z0-9]{0,9}$/;

/** How numbers look, when one has to pay, and what stands under every invoice. */
export function InvoiceSettingsForm({ settings }: { settings: InvoiceSettings }) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const { timeZone, digits } = usePreferences();
  const update = useUpdateInvoiceSettings();
  const form = useForm<Values>({ defaultValues: valuesOf(settings) });
  const { errors } = form.formState;
  const { submit, saving, dirty, conflict } = useSharedForm({
    form,
    entity: settings,
    values: valuesOf,
    write: (change, version) => update.mutateAsync({ change: onTheWire(change), version }),
    refetch: () => client.fetchQuery({ ...invoiceSettingsOptions(org), staleTime: 0 }),
    onSaved: () => toast({ title: t('invoices.saved'), tone: 'success' }),
  });
  const labels: Record<keyof Values, string> = {
    invoiceSeries: t('invoices.invoiceSeries'),
    creditNoteSeries: t('invoices.creditNoteSeries'),
    dueDays: t('invoices.dueDays'),
    notes: t('invoices.notes'),
    terms: t('invoices.terms'),
    paymentDetails: t('invoices.paymentDetails'),
    design: t('invoices.design'),
  };
  const year = fiscalYearOf(today(timeZone)).label;
  const sample = (series: string) =>
    t('invoices.numberSample', { number: toDigits(`${series.toUpperCase()}-${year}-000001`, digits) });
  const series = (field: 'invoiceSeries' | 'creditNoteSeries') => (
    <Field label={labels[field]} hint={sample(form.watch(field))} error={errors[field]?.message}>
      <Input
        spellCheck={false}
        autoComplete="off"
        maxLength={10}
        className="num uppercase"
        {...form.register(field, {
          validate: (text) => SERIES.test(text.trim()) || t('invoices.seriesWrong'),
        })}
      />
    </Field>
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6">
      <FormSummary message={errors.root?.server?.message} />
      <FormConflictBar
        conflict={conflict}
        labels={labels}
        text={(field, value) => (field === 'design' ? t(`invoices.design.${value}`) : String(value))}
        busy={saving}
      />
      <SettingsSection title={t('invoices.numbering')} about={t('invoices.numberingAbout')}>
        <div className="grid gap-4 sm:grid-cols-2">
          {series('invoiceSeries')}
          {series('creditNoteSeries')}
        </div>
      </SettingsSection>
      <SettingsSection title={labels.design} about={t('invoices.designAbout')}>
        <div className="flex flex-col gap-4">
          <Controller
            control={form.control}
            name="design"
            render={({ field }) => (
              <RadioGroup
                label={labels.design}
                value={field.value}
                onValueChange={field.onChange}
                options={invoiceDesignValues.map((value) => ({
                  value,
                  label: t(`invoices.design.${value}`),
                  hint: t(`invoices.designHint.${value}`),
                }))}
              />
            )}
          />
          <Field
            label={labels.paymentDetails}
            hint={t('invoices.paymentDetailsHint')}
            optional
            error={errors.paymentDetails?.message}
          >
            <Textarea rows={2} maxLength={500} {...form.register('paymentDetails')} />
          </Field>
        </div>
      </SettingsSection>
      <SettingsSection title={t('invoices.defaults')} about={t('invoices.defaultsAbout')}>
        <div className="flex flex-col gap-4">
          <Field className="max-w-52" label={labels.dueDays} error={errors.dueDays?.message}>
            <Input
              inputMode="numeric"
              maxLength={3}
              className="num"
              {...form.register('dueDays', {
                validate: (text) =>
                  (/^\d{1,3}$/.test(text.trim()) && Number(text) <= 365) || t('invoices.dueDaysWrong'),
              })}
            />
          </Field>
          <Field label={labels.notes} hint={t('invoices.notesHint')} optional error={errors.notes?.message}>
            <Textarea maxLength={2000} {...form.register('notes')} />
          </Field>
          <Field label={labels.terms} hint={t('invoices.termsHint')} optional error={errors.terms?.message}>
            <Textarea maxLength={2000} {...form.register('terms')} />
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={!dirty || conflict !== undefined} busy={saving}>
              {t('invoices.save')}
            </Button>
          </div>
        </div>
      </SettingsSection>
    </form>
  );
}
