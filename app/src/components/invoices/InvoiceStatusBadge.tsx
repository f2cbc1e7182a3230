import type { InvoiceStatus } from '@/api/schema';
import { Badge, type Tone } from '@/components/ui/badge';
import { useT } from '@/i18n/i18n';

const tones: Record<InvoiceStatus, Tone> = {
  draft: 'neutral',
  issued: 'info',
  partially_paid: 'warning',
  paid: 'success',
  void: 'neutral',
};

export interface InvoiceStatusBadgeProps {
  invoice: { status: InvoiceStatus; overdue: boolean };
}

/** Its status; that it is late says more than that it is not paid. */
export function InvoiceStatusBadge({ invoice: { status, overdue } }: InvoiceStatusBadgeProps) {
  const t = useT();
  if (overdue) return <Badge tone="danger">{t('invoices.status.overdue')}</Badge>;
  return <Badge tone={tones[status]}>{t(`invoices.status.${status}`)}</Badge>;
}
