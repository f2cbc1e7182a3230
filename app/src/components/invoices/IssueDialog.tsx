import type { FullInvoice } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { today } from '@/lib/time';
import { useIssueInvoice } from '@/queries/invoices';
import { dueDay } from './due-day';

export interface IssueDialogProps {
  invoice: FullInvoice;
  onClose: () => void;
  onIssued: (invoice: FullInvoice) => void;
}

/** The number is given now, and nothing can be changed any more: that is said before it happens. */
export function IssueDialog({ invoice, onClose, onIssued }: IssueDialogProps) {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const issue = useIssueInvoice();
  const confirm = () =>
    issue.mutate(
      { id: invoice.id, version: invoice.version },
      {
        onSuccess: (issued) => {
          toast({ title: t('invoices.issued', { number: issued.number }), tone: 'success' });
          onIssued(issued);
        },
      },
    );
  const due = dueDay(today(timeZone), invoice.dueDays);
  const facts = [
    { label: t('invoices.customer'), value: invoice.customerName },
    { label: t('invoices.total'), value: format.money(invoice.total) },
    { label: t('invoices.dueOn'), value: `${format.day(due)} · ${format.dayOther(due)}` },
  ];
  return (
    <ConfirmDialog
      open
      tone="normal"
      onOpenChange={onClose}
      title={t('invoices.issueTitle')}
      description={t('invoices.issueText')}
      confirmLabel={t('invoices.issue')}
      busy={issue.isPending}
      error={dialogProblem(t, issue.error)}
      onConfirm={confirm}
    >
      <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-dense">
        {facts.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="break-words font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </ConfirmDialog>
  );
}
