import { FileText, Link2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { FullInvoice } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { readAddresses } from '@/lib/addresses';
import { applyProblem } from '@/lib/problem-text';
import { useSendInvoice } from '@/queries/invoiceSendings';

export interface SendDialogProps {
  invoice: FullInvoice;
  onClose: () => void;
}

type Values = Record<'to' | 'cc' | 'subject' | 'message', string>;

/** The server takes so many receivers of each kind. */
const MOST = 10;

/** The invoice goes to its customer by mail. */
export function SendDialog({ invoice, onClose }: SendDialogProps) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={t('invoices.sendTitle', { number: invoice.number })}
      description={t('invoices.sendAbout')}
    >
      <SendForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function SendForm({ invoice, onClose }: SendDialogProps) {
  const t = useT();
  const send = useSendInvoice();
  const [copies, setCopies] = useState(false);
  const form = useForm<Values>({
    defaultValues: { to: invoice.buyer?.email ?? '', cc: '', subject: '', message: '' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ to, cc, subject, message }) => {
    try {
      const sent = await send.mutateAsync({
        id: invoice.id,
        to: readAddresses(to).good,
        cc: readAddresses(cc).good,
        ...(subject.trim() && { subject: subject.trim() }),
        ...(message.trim() && { message: message.trim() }),
      });
      toast({ title: t('invoices.sendDone', { to: sent.to.join(', ') }), tone: 'success' });
      onClose();
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  const receivers = (needed: boolean) => (text: string) => {
    const { good, wrong } = readAddresses(text);
    if (wrong.length > 0) return t('invoices.sendNoAddress', { pieces: wrong.slice(0, 3).join(', ') });
    if (needed && good.length === 0) return t('invoices.sendToNeeded');
    return good.length <= MOST || t('invoices.sendTooMany', { most: MOST });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <div className="flex items-start gap-2">
        <Field
          className="flex-1"
          label={t('invoices.sendTo')}
          hint={t('invoices.sendToHint')}
          error={errors.to?.message}
        >
          <Input
            type="text"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
            {...form.register('to', { validate: receivers(true) })}
          />
        </Field>
        {!copies && (
          <Button
            variant="ghost"
            className="mt-[calc(var(--lh-dense)+4px)]"
            onClick={() => {
              setCopies(true);
              requestAnimationFrame(() => form.setFocus('cc'));
            }}
          >
            {t('invoices.sendCcAdd')}
          </Button>
        )}
      </div>
      {copies && (
        <Field
          label={t('invoices.sendCc')}
          hint={t('invoices.sendCcHint')}
          optional
          error={errors.cc?.message}
        >
          <Input
            type="text"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
            {...form.register('cc', { validate: receivers(false) })}
          />
        </Field>
      )}
      <Field
        label={t('invoices.sendSubject')}
        hint={t('invoices.sendSubjectHint')}
        optional
        error={errors.subject?.message}
      >
        <Input autoComplete="off" maxLength={200} {...form.register('subject')} />
      </Field>
      <Field
        label={t('invoices.sendMessage')}
        hint={t('invoices.sendMessageHint')}
        optional
        error={errors.message?.message}
      >
        <Textarea rows={4} maxLength={2000} {...form.register('message')} />
      </Field>
      <Enclosed number={invoice.number ?? ''} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={send.isPending}>
          {t('invoices.send')}
        </Button>
      </div>
    </form>
  );
}

/** What comes with the words. */
function Enclosed({ number }: { number: string }) {
  const t = useT();
  return (
    <section
      aria-label={t('invoices.enclosed')}
      className="flex flex-col gap-2 rounded-control bg-sunken p-3 text-dense"
    >
      <p className="flex items-start gap-2">
        <FileText aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <span className="min-w-0">
          <span className="num break-words">{t('invoices.enclosedPdf', { number })}</span>
          <span className="block text-meta text-muted">{t('invoices.enclosedPdfText')}</span>
        </span>
      </p>
      <p className="flex items-start gap-2">
        <Link2 aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <span className="min-w-0">
          {t('invoices.enclosedLink')}
          <span className="block text-meta text-muted">{t('invoices.enclosedLinkText')}</span>
        </span>
      </p>
    </section>
  );
}
