import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreditNote, FullInvoice } from '@/api/schema';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { creditNotesOptions } from '@/queries/invoiceMoney';
import { useOrgId } from '@/queries/org';
import { SideSection } from './SideSection';

// Fetched when somebody opens it.
const CreditNoteSheet = lazyDialog(() => import('./CreditNoteSheet').then((m) => m.CreditNoteSheet));

/** What was taken back of it, each a document of its own. */
export function CreditNotesSection({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const notes = useQuery({
    ...creditNotesOptions(useOrgId(), invoice.id),
    enabled: invoice.amountCredited.amount > 0,
  });
  const [open, setOpen] = useState<CreditNote | null>(null);
  if (invoice.amountCredited.amount === 0) return null;
  return (
    <SideSection title={t('invoices.creditNotes')}>
      <QueryStates query={notes} skeleton={<SkeletonRows rows={1} />}>
        <ul className="divide-y divide-line border-line border-y">
          {notes.data?.map((note) => (
            <NoteRow key={note.id} note={note} onOpen={() => setOpen(note)} />
          ))}
        </ul>
      </QueryStates>
      {open && <CreditNoteSheet note={open} onClose={() => setOpen(null)} />}
    </SideSection>
  );
}

function NoteRow({ note, onOpen }: { note: CreditNote; onOpen: () => void }) {
  const format = useFormat();
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="focus-inset flex w-full items-start justify-between gap-3 rounded-chip py-2 text-left text-dense hover:bg-hover"
      >
        <span className="min-w-0">
          <span className="num block">{note.number}</span>
          <span className="num block break-words text-meta text-muted">
            {format.day(note.issuedOn)} · {note.reason}
          </span>
        </span>
        <span className="num whitespace-nowrap font-medium">−{format.money(note.total)}</span>
      </button>
    </li>
  );
}
