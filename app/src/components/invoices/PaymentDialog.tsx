import { Controller, useForm } from 'react-hook-form';
import {
  type FullInvoice,
  type PaymentClaim,
  type PaymentKind,
  type PaymentMethod,
  paymentMethodValues,
} from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { type IsoDate, today } from '@/lib/time';
import { amountText, parseAmount } from '@/lib/typed-money';
import { useRecordPayment, useRecordRefund } from '@/queries/invoiceMoney';

export interface PaymentDialogProps {
  invoice: FullInvoice;
  kind: PaymentKind;
  /** What the customer says that he paid: where it begins. */
  claim?: PaymentClaim | undefined;
  onClose: () => void;
}

interface Values {
  amount: string;
  paidOn: IsoDate | null;
  method: PaymentMethod;
  reference: string;
  note: string;
}

/** Money that came, or that was given back. */
export function PaymentDialog({ invoice, kind, claim, onClose }: PaymentDialogProps) {
  const t = useT();
  const format = useFormat();
  const refund = kind === 'refund';
  const most = refund ? invoice.amountRefundable : invoice.amountDue;
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={refund ? t('invoices.refundTitle') : t('invoices.payTitle')}
      description={
        refund
          ? t('invoices.refundAbout', { shown: format.money(most) })
          : t('invoices.payAbout', { shown: format.money(most) })
      }
    >
      <PaymentForm invoice={invoice} kind={kind} claim={claim} onClose={onClose} />
    </Dialog>
  );
}

function PaymentForm({ invoice, kind, claim, onClose }: PaymentDialogProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const refund = kind === 'refund';
  const pay = useRecordPayment();
  const giveBack = useRecordRefund();
  const write = refund ? giveBack : pay;
  const { currency } = invoice.amountDue;
  const most = refund ? invoice.amountRefundable : invoice.amountDue;
  const form = useForm<Values>({
    defaultValues: {
      amount: amountText(Math.min(claim?.amount?.amount ?? most.amount, most.amount), currency),
      paidOn: claim?.paidOn ?? today(timeZone),
      method: 'bank_transfer',
      reference: claim?.reference ?? '',
      note: '',
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ amount, paidOn, method, reference, note }) => {
    try {
      const done = await write.mutateAsync({
        id: invoice.id,
        amount: { amount: parseAmount(amount, currency) ?? 0, currency },
        method,
        ...(paidOn && { paidOn }),
        ...(reference.trim() && { reference: reference.trim() }),
        ...(note.trim() && { note: note.trim() }),
      });
      const shown = format.money(done.amount);
      toast({
        title: refund ? t('invoices.refunded', { shown }) : t('invoices.payed', { shown }),
        tone: 'success',
      });
      onClose();
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
                clearable={false}
                max={today(timeZone)}
              />
            )}
          />
        </Field>
        <Field label={t('invoices.method')} error={errors.method?.message}>
          <Controller
            control={form.control}
            name="method"
            render={({ field }) => (
              <Select
                value={field.value}
                onValueChange={field.onChange}
                options={paymentMethodValues.map((value) => ({
                  value,
                  label: t(`invoices.method.${value}`),
                }))}
              />
            )}
          />
        </Field>
        <Field
          label={t('invoices.reference')}
          hint={t('invoices.referenceHint')}
          optional
          error={errors.reference?.message}
        >
          <Input autoComplete="off" maxLength={100} {...form.register('reference')} />
        </Field>
        <Field className="sm:col-span-2" label={t('invoices.note')} optional error={errors.note?.message}>
          <Input autoComplete="off" maxLength={500} {...form.register('note')} />
        </Field>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={write.isPending}>
          {refund ? t('invoices.refundRecord') : t('invoices.payRecord')}
        </Button>
      </div>
    </form>
  );
}
