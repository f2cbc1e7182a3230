import { useQueryClient } from '@tanstack/react-query';
import type { FormEventHandler } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { Customer } from '@/api/schema';
import type { Body } from '@/api/types';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { type Translate, useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { customerOptions, useCreateCustomer, useUpdateCustomer } from '@/queries/customers';
import { useOrgId } from '@/queries/org';

export interface CustomerDialogProps {
  /** The one to change; without it a new one is made. */
  customer?: Customer | undefined;
  /** What a new one is called at first. */
  name?: string;
  onClose: () => void;
  onDone: (customer: Customer) => void;
}

const optional = ['email', 'phone', 'taxId', 'address', 'notes'] as const;
type Values = Record<(typeof optional)[number] | 'name', string>;

const valuesOf = (customer: Customer): Values => ({
  name: customer.name,
  email: customer.email ?? '',
  phone: customer.phone ?? '',
  taxId: customer.taxId ?? '',
  address: customer.address ?? '',
  notes: customer.notes,
});

const labelsOf = (t: Translate): Record<keyof Values, string> => ({
  name: t('invoices.name'),
  email: t('invoices.email'),
  phone: t('invoices.phone'),
  taxId: t('invoices.taxId'),
  address: t('invoices.address'),
  notes: t('invoices.customerNotes'),
});

/** Who gets invoices. Mounted while it is open. */
export function CustomerDialog({ customer, name = '', onClose, onDone }: CustomerDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={customer ? t('invoices.customerEdit') : t('invoices.customerNew')}
    >
      {customer ? (
        <EditForm customer={customer} onClose={onClose} onDone={onDone} />
      ) : (
        <CreateForm name={name} onClose={onClose} onDone={onDone} />
      )}
    </Dialog>
  );
}

type FormProps = Required<Pick<CustomerDialogProps, 'onClose' | 'onDone'>>;

function CreateForm({ name, onClose, onDone }: FormProps & { name: string }) {
  const t = useT();
  const create = useCreateCustomer();
  const form = useForm<Values>({
    defaultValues: { name, email: '', phone: '', taxId: '', address: '', notes: '' },
  });
  const submit = form.handleSubmit(async (values) => {
    const filled = optional.flatMap((field) => {
      const text = values[field].trim();
      return text === '' ? [] : [[field, text] as const];
    });
    try {
      const made = await create.mutateAsync({ name: values.name.trim(), ...Object.fromEntries(filled) });
      toast({ title: t('invoices.customerMade', { name: made.name }), tone: 'success' });
      onDone(made);
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  return (
    <form noValidate onSubmit={submitAlone(submit)} className="flex flex-col gap-4">
      <Fields form={form} />
      <Buttons busy={create.isPending} label={t('invoices.customerCreate')} onClose={onClose} />
    </form>
  );
}

/** Trimmed; what may be missing and is empty now is taken away. */
function onTheWire(change: Partial<Values>): Body<'customers_update'> {
  const fields = Object.entries(change).map(([field, text]) => [field, text.trim()] as const);
  return Object.fromEntries(
    fields.map(([field, text]) => [field, text === '' && field !== 'name' ? null : text]),
  );
}

function EditForm({ customer, onClose, onDone }: FormProps & { customer: Customer }) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateCustomer();
  const form = useForm<Values>({ defaultValues: valuesOf(customer) });
  const { submit, saving, conflict } = useSharedForm({
    form,
    entity: customer,
    values: valuesOf,
    write: (change, version) => update.mutateAsync({ id: customer.id, change: onTheWire(change), version }),
    refetch: () => client.fetchQuery({ ...customerOptions(org, customer.id), staleTime: 0 }),
    onSaved: (after) => {
      toast({ title: t('invoices.saved'), tone: 'success' });
      onDone(after);
    },
  });
  return (
    <form noValidate onSubmit={submitAlone(submit)} className="flex flex-col gap-4">
      <FormConflictBar conflict={conflict} labels={labelsOf(t)} busy={saving} />
      <Fields form={form} />
      <Buttons busy={saving} label={t('invoices.save')} onClose={onClose} disabled={conflict !== undefined} />
    </form>
  );
}

/** A dialog's form is inside of the page's form for React, though not for the browser. */
function submitAlone(submit: FormEventHandler): FormEventHandler {
  return (event) => {
    event.stopPropagation();
    submit(event);
  };
}

function Fields({ form }: { form: UseFormReturn<Values> }) {
  const t = useT();
  const labels = labelsOf(t);
  const { errors } = form.formState;
  return (
    <>
      <FormSummary message={errors.root?.server?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field className="sm:col-span-2" label={labels.name} error={errors.name?.message}>
          <Input
            autoComplete="off"
            maxLength={200}
            {...form.register('name', {
              validate: (text) => text.trim() !== '' || t('invoices.nameNeeded'),
            })}
          />
        </Field>
        <Field label={labels.email} optional error={errors.email?.message}>
          <Input type="email" autoComplete="off" maxLength={254} {...form.register('email')} />
        </Field>
        <Field label={labels.phone} optional error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" className="num" maxLength={40} {...form.register('phone')} />
        </Field>
        <Field label={labels.taxId} hint={t('invoices.taxIdHint')} optional error={errors.taxId?.message}>
          <Input autoComplete="off" className="num" maxLength={40} {...form.register('taxId')} />
        </Field>
        <Field className="sm:col-span-2" label={labels.address} optional error={errors.address?.message}>
          <Textarea rows={2} maxLength={500} {...form.register('address')} />
        </Field>
        <Field
          className="sm:col-span-2"
          label={labels.notes}
          hint={t('invoices.customerNotesHint')}
          optional
          error={errors.notes?.message}
        >
          <Textarea rows={2} maxLength={2000} {...form.register('notes')} />
        </Field>
      </div>
    </>
  );
}

function Buttons(props: { busy: boolean; label: string; onClose: () => void; disabled?: boolean }) {
  const t = useT();
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={props.onClose}>{t('patterns.cancel')}</Button>
      <Button type="submit" variant="primary" busy={props.busy} disabled={props.disabled}>
        {props.label}
      </Button>
    </div>
  );
}
