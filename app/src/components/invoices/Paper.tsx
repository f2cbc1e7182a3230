import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { InvoiceDocument, InvoiceParty } from '@/api/schema';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { toDigits } from '@/lib/digits';
import { formatDayIn } from '@/lib/format';
import type { IsoDate } from '@/lib/time';
import { PaperLines } from './PaperLines';
import { type PaperFigure, PaperTotals } from './PaperTotals';

export interface PaperProps {
  /** What it is: an invoice, a credit note. */
  title: string;
  number: string | null | undefined;
  /** Over the number: void, draft. */
  stamp?: ReactNode;
  seller: Partial<InvoiceParty> | null | undefined;
  buyer: Partial<InvoiceParty> | null | undefined;
  issuedOn: IsoDate | null | undefined;
  dueOn?: IsoDate | null | undefined;
  poNumber?: string | undefined;
  document: InvoiceDocument | undefined;
  /** Under the total: paid, credited, due. */
  figures?: readonly PaperFigure[];
  notes?: string | undefined;
  terms?: string | undefined;
  className?: string;
}

/** A document as it stands on paper. It keeps its light or dark ground with the page; on paper it is white. */
export function Paper(props: PaperProps) {
  const t = useT();
  const { title, number, stamp, seller, buyer, document, notes, terms } = props;
  return (
    <article
      aria-label={number ? `${title} ${number}` : title}
      className={clsx(
        '@container rounded-dialog bg-surface shadow-raised print:rounded-none print:shadow-none',
        props.className,
      )}
    >
      <div className="flex flex-col gap-6 @2xl:p-10 p-5 print:p-0">
        <header className="flex flex-wrap items-start justify-between gap-4">
          <Party party={seller} strong />
          <div className="@md:text-right">
            <p className="font-semibold text-page">{title}</p>
            <p className="num text-body text-muted">{number ?? t('invoices.numberLater')}</p>
            {stamp && <div className="mt-1">{stamp}</div>}
          </div>
        </header>
        <div className="flex flex-wrap justify-between gap-x-10 gap-y-4 border-line border-t pt-5">
          <div className="min-w-0 max-w-80 flex-1 basis-48">
            <p className="mb-1 text-meta text-muted">{t('invoices.billTo')}</p>
            <Party party={buyer} />
          </div>
          <PaperDates {...props} />
        </div>
        {document && <PaperLines document={document} />}
        {document && <PaperTotals document={document} figures={props.figures ?? []} />}
        {(notes || terms) && (
          <div className="flex flex-col gap-4 border-line border-t pt-5 text-dense">
            {notes && <p className="whitespace-pre-line">{notes}</p>}
            {terms && <p className="whitespace-pre-line text-muted">{terms}</p>}
          </div>
        )}
      </div>
    </article>
  );
}

function Party({ party, strong = false }: { party: PaperProps['seller']; strong?: boolean }) {
  const t = useT();
  const { digits } = usePreferences();
  if (!party?.name) return <p className="text-dense text-muted">–</p>;
  const { name, address, taxId, phone, email } = party;
  return (
    <div className="min-w-0 max-w-80">
      <p className={clsx('break-words font-semibold', strong ? 'text-section' : 'text-body')}>{name}</p>
      <div className="flex flex-col text-dense text-muted">
        {address && <span className="whitespace-pre-line">{address}</span>}
        {taxId && <span className="num">{t('invoices.panVat', { number: toDigits(taxId, digits) })}</span>}
        {phone && <span className="num">{phone}</span>}
        {email && <span className="break-all">{email}</span>}
      </div>
    </div>
  );
}

/** Days stand in both calendars, whatever the reader prefers. */
function PaperDates({ issuedOn, dueOn, poNumber }: PaperProps) {
  const t = useT();
  const format = useFormat();
  const prefs = usePreferences();
  const day = (date: IsoDate) => (
    <>
      <span className="whitespace-nowrap">{format.day(date)}</span>
      <span className="block whitespace-nowrap text-meta text-muted">
        {prefs.calendar === 'bs'
          ? formatDayIn('ad', date, prefs)
          : t('invoices.bsDay', { day: formatDayIn('bs', date, prefs) })}
      </span>
    </>
  );
  const facts = [
    { id: 'issued', label: t('invoices.issuedOn'), value: issuedOn && day(issuedOn) },
    { id: 'due', label: t('invoices.dueOn'), value: dueOn && day(dueOn) },
    { id: 'po', label: t('invoices.poNumber'), value: poNumber },
  ].filter(({ value }) => value);
  return (
    <dl className="num grid grid-cols-[auto_auto] content-start gap-x-6 gap-y-1.5 text-dense">
      {facts.map(({ id, label, value }) => (
        <div key={id} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
