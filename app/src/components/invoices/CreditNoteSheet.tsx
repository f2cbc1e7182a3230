import { useQuery } from '@tanstack/react-query';
import type { CreditNote, FullCreditNote } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { creditNoteOptions } from '@/queries/invoiceMoney';
import { useOrgId } from '@/queries/org';
import { Paper } from './Paper';
import { PaperMenu } from './PaperMenu';

/** A credit note as it stands on paper. */
export function CreditNoteSheet({ note, onClose }: { note: CreditNote; onClose: () => void }) {
  const t = useT();
  const full = useQuery(creditNoteOptions(useOrgId(), note.id));
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={note.number}
      actions={<PaperMenu of={{ kind: 'creditNote', id: note.id }} number={note.number} />}
    >
      <QueryStates query={full} skeleton={<Skeleton className="h-100" />}>
        {full.data && <NotePaper note={full.data} title={t('invoices.paperCreditNote')} />}
      </QueryStates>
    </Sheet>
  );
}

function NotePaper({ note, title }: { note: FullCreditNote; title: string }) {
  const t = useT();
  return (
    <Paper
      title={title}
      number={note.number}
      seller={note.seller}
      buyer={note.buyer}
      issuedOn={note.issuedOn}
      document={note.document}
      figures={[
        { id: 'reduced', label: t('invoices.creditReduced'), money: note.amountReduced },
        { id: 'refundable', label: t('invoices.creditRefundable'), money: note.amountRefundable },
      ].filter(({ money }) => money.amount > 0)}
      notes={note.reason}
    />
  );
}
