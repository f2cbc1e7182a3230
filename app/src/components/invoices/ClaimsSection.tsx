import { useQuery } from '@tanstack/react-query';
import type { FullInvoice, PaymentClaim } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { invoiceClaimsOptions } from '@/queries/invoiceMoney';
import { useOrgId } from '@/queries/org';

export interface ClaimsSectionProps {
  invoice: FullInvoice;
  /** Begins a payment with what was said; absent for who may not record one. */
  onRecord: ((claim: PaymentClaim) => void) | undefined;
}

/** What the customer says that he paid, as long as something is due: nobody has looked into it yet. */
export function ClaimsSection({ invoice, onRecord }: ClaimsSectionProps) {
  const t = useT();
  const claims = useQuery(invoiceClaimsOptions(useOrgId(), invoice.id));
  if (claims.error && !claims.data) {
    return (
      <p role="alert" className="text-danger text-dense">
        {problemText(t, claims.error)}
      </p>
    );
  }
  if (invoice.amountDue.amount === 0) return null;
  return claims.data?.map((claim) => <Claim key={claim.id} claim={claim} onRecord={onRecord} />);
}

function Claim({ claim, onRecord }: { claim: PaymentClaim } & Pick<ClaimsSectionProps, 'onRecord'>) {
  const t = useT();
  const format = useFormat();
  const { amount, paidOn, reference, note, createdAt } = claim;
  return (
    <Callout
      tone="info"
      title={
        amount ? t('invoices.claimOf', { shown: format.money(amount) }) : t('invoices.claimWithoutAmount')
      }
      actions={
        onRecord && (
          <Button size="sm" onClick={() => onRecord(claim)}>
            {t('invoices.payRecord')}
          </Button>
        )
      }
    >
      <span className="num break-words">
        {[
          paidOn && t('invoices.claimPaidOn', { day: format.day(paidOn) }),
          reference,
          t('invoices.claimSaid', { day: format.dateTime(createdAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {note && <span className="mt-1 block whitespace-pre-line break-words">{note}</span>}
    </Callout>
  );
}
