import { Controller, useForm } from 'react-hook-form';
import { type TaxKind, type TaxRate, taxKindValues } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { parseBasisPoints } from '@/lib/typed-money';
import { useCreateTaxRate, useUpdateTaxRate } from '@/queries/catalogue';

interface Values {
  name: string;
  kind: TaxKind;
  basisPoints: string;
}

export interface TaxRateDialogProps {
  /** The one to rename; without it a new one is made. */
  rate?: TaxRate | undefined;
  onClose: () => void;
}

/** A tax: its name, and for a new one what it is. */
export function TaxRateDialog({ rate, onClose }: TaxRateDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      size="sm"
      onOpenChange={onClose}
      title={rate ? t('invoices.taxRateRename') : t('invoices.taxRateNew')}
      description={rate ? undefined : t('invoices.taxRateAbout')}
    >
      <RateForm rate={rate} onClose={onClose} />
    </Dialog>
  );
}

function RateForm({ rate, onClose }: TaxRateDialogProps) {
  const t = useT();
  const create = useCreateTaxRate();
  const update = useUpdateTaxRate();
  const form = useForm<Values>({
    defaultValues: { name: rate?.name ?? '', kind: 'rated', basisPoints: '13' },
  });
  const { errors } = form.formState;
  const kind = form.watch('kind');
  const submit = form.handleSubmit(async ({ name, basisPoints }) => {
    const points = parseBasisPoints(basisPoints);
    try {
      if (rate) {
        await update.mutateAsync({ id: rate.id, version: rate.version, change: { name: name.trim() } });
      } else {
        await create.mutateAsync({
          name: name.trim(),
          kind,
          ...(kind === 'rated' && points !== null && { basisPoints: points }),
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
          maxLength={60}
          {...form.register('name', { validate: (text) => text.trim() !== '' || t('invoices.nameNeeded') })}
        />
      </Field>
      {!rate && (
        <Field label={t('invoices.taxKind')} error={errors.kind?.message}>
          <Controller
            control={form.control}
            name="kind"
            render={({ field }) => (
              <Select
                value={field.value}
                onValueChange={field.onChange}
                options={taxKindValues.map((value) => ({ value, label: t(`invoices.taxKind.${value}`) }))}
              />
            )}
          />
        </Field>
      )}
      {!rate && kind === 'rated' && (
        <Field className="max-w-32" label={t('invoices.taxShare')} error={errors.basisPoints?.message}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            className="num"
            end={<span className="px-2">%</span>}
            {...form.register('basisPoints', {
              validate: (text) => (parseBasisPoints(text) ?? 0) > 0 || t('invoices.taxShareWrong'),
            })}
          />
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
          {t('invoices.save')}
        </Button>
      </div>
    </form>
  );
}
