import { useQuery } from '@tanstack/react-query';
import type { FullInvoice, InvoiceSending } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Badge, type Tone } from '@/components/ui/badge';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { invoiceSendingsOptions } from '@/queries/invoiceSendings';
import { useOrgId } from '@/queries/org';
import { SideSection } from './SideSection';

const tones: Record<InvoiceSending['state'], Tone> = {
  queued: 'neutral',
  sent: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

/** The mails that went out with this invoice, and what became of each. */
export function SendingsSection({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const sendings = useQuery(invoiceSendingsOptions(useOrgId(), invoice.id));
  return (
    <SideSection title={t('invoices.sendings')}>
      <QueryStates query={sendings} skeleton={<SkeletonRows rows={1} />}>
        {sendings.data?.length === 0 ? (
          <p className="text-dense text-muted">{t('invoices.sendingsNone')}</p>
        ) : (
          <ul aria-live="polite" className="divide-y divide-line border-line border-y">
            {sendings.data?.map((sending) => (
              <SendingRow key={sending.id} sending={sending} />
            ))}
          </ul>
        )}
      </QueryStates>
    </SideSection>
  );
}

function SendingRow({ sending }: { sending: InvoiceSending }) {
  const t = useT();
  const format = useFormat();
  const { to, cc, state, error, createdAt, purpose } = sending;
  return (
    <li className="flex flex-col gap-0.5 py-2 text-dense">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 break-words">{to.join(', ')}</p>
        <Badge tone={tones[state]} className="shrink-0">
          {t(`invoices.sending.${state}`)}
        </Badge>
      </div>
      {state === 'failed' && error && <p className="break-words text-danger text-meta">{error}</p>}
      <p className="num break-words text-meta text-muted">
        {[
          purpose === 'reminder' && t('invoices.sendingReminder'),
          format.dateTime(createdAt),
          cc.length > 0 && t('invoices.sendingCc', { to: cc.join(', ') }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  );
}
