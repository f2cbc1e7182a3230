import { Controller, useForm } from 'react-hook-form';
import type { PublicInvoice } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { usePreferences } from '@/components/ui/preferences';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { type IsoDate, today } from '@/lib/time';
import { amountText, parseAmount } from '@/lib/typed-money';
import { useClaimPayment } from '@/queries/publicInvoice';

export interface ClaimDialogProps {
  invoice: PublicInvoice;
  token: string;
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  amount: string;
  paidOn: IsoDate | null;
  reference: string;
  note: string;
}

/** Whoever got the invoice says that he paid it. The seller is told; nothing is booked. */
export function ClaimDialog(props: ClaimDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      onOpenChange={props.onClose}
      title={t('invoices.claimTitle')}
      description={t('invoices.claimAbout', { name: props.invoice.seller?.name ?? '' })}
    >
      <ClaimForm {...props} />
    </Dialog>
  );
}

function ClaimForm({ invoice, token, onClose, onDone }: ClaimDialogProps) {
  const t = useT();
  const { timeZone } = usePreferences();
  const claim = useClaimPayment();
  const { amount: due, currency } = invoice.amountDue;
  const form = useForm<Values>({
    defaultValues: {
      amount: amountText(due, currency),
      paidOn: today(timeZone),
      reference: '',
      note: '',
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ amount, paidOn, reference, note }) => {
    try {
      await claim.mutateAsync({
        token,
        amount: { amount: parseAmount(amount, currency) ?? 0, currency },
        ...(paidOn && { paidOn }),
        ...(reference.trim() && { reference: reference.trim() }),
        ...(note.trim() && { note: note.trim() }),
      });
      onDone();
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  const readable = (text: string) => {
    const amount = parseAmount(text, currency);
    return (amount !== null && amount > 0) || t('invoices.priceWrong');
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('invoices.amountIn', { currency })} error={errors.amount?.message}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            className="num"
            {...form.register('amount', { validate: readable })}
          />
        </Field>
        <Field label={t('invoices.paidOn')} error={errors.paidOn?.message}>
          <Controller
            control={form.control}
            name="paidOn"
            render={({ field }) => (
              <DateField
                label={t('invoices.paidOn')}
                value={field.value}
                onValueChange={field.onChange}
                max={today(timeZone)}
              />
            )}
          />
        </Field>
        <Field
          className="sm:col-span-2"
          label={t('invoices.reference')}
          hint={t('invoices.referenceHint')}
          optional
          error={errors.reference?.message}
        >
          <Input autoComplete="off" maxLength={100} {...form.register('reference')} />
        </Field>
        <Field className="sm:col-span-2" label={t('invoices.note')} optional error={errors.note?.message}>
          <Textarea rows={2} maxLength={500} {...form.register('note')} />
        </Field>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={claim.isPending}>
          {t('invoices.claimSay')}
        </Button>
      </div>
    </form>
  );
}
