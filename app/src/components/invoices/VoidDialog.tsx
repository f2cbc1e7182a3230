import { useState } from 'react';
import type { FullInvoice } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useVoidInvoice } from '@/queries/invoices';

/** It keeps its number and counts no more; why, is kept with it. */
export function VoidDialog({ invoice, onClose }: { invoice: FullInvoice; onClose: () => void }) {
  const t = useT();
  const voiding = useVoidInvoice();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const confirm = () => {
    setTried(true);
    if (reason.trim() === '') return;
    voiding.mutate(
      { id: invoice.id, version: invoice.version, reason: reason.trim() },
      {
        onSuccess: () => {
          toast({ title: t('invoices.voided', { number: invoice.number }), tone: 'success' });
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('invoices.voidTitle', { number: invoice.number })}
      description={t('invoices.voidText')}
      confirmLabel={t('invoices.void')}
      busy={voiding.isPending}
      error={dialogProblem(t, voiding.error)}
      onConfirm={confirm}
    >
      <Field
        label={t('invoices.reason')}
        error={tried && reason.trim() === '' ? t('invoices.reasonNeeded') : undefined}
      >
        <Textarea
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
