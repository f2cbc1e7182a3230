import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { BadgeCheck, CircleCheck, Download, FileQuestion, Printer } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { PublicInvoice } from '@/api/schema';
import { InvoiceStatusBadge } from '@/components/invoices/InvoiceStatusBadge';
import { moneyFigures } from '@/components/invoices/money-figures';
import { Paper } from '@/components/invoices/Paper';
import { EmptyState } from '@/components/patterns/EmptyState';
import { ErrorState } from '@/components/patterns/ErrorState';
import { lazyDialog, lazyPart } from '@/components/patterns/lazy-part';
import { tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';
import { linkToken } from '@/lib/link-token';
import { isCode, ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { publicInvoiceOptions, usePublicPaper } from '@/queries/publicInvoice';

// Nobody waits for a menu to read his invoice, nor loses it for one.
const ClaimDialog = lazyDialog(() => import('@/components/invoices/ClaimDialog').then((m) => m.ClaimDialog));
const DeviceMenus = lazyPart(() => import('@/components/layout/DeviceMenus').then((m) => m.DeviceMenus), {
  missing: () => null,
});

/** An invoice for whoever has the link to it: no session, no shell. */
export function PublicInvoicePage() {
  const token = useLocation({ select: ({ hash }) => linkToken(hash) });
  const invoice = useQuery({ ...publicInvoiceOptions(token ?? ''), enabled: token !== undefined });
  return (
    <div className="flex min-h-dvh flex-col bg-bg print:bg-surface">
      <main id="main" className="mx-auto flex w-full max-w-200 flex-1 flex-col gap-4 p-4 sm:py-10 print:p-0">
        <Content token={token} query={invoice} />
      </main>
      <footer className="mx-auto flex w-full max-w-200 items-center justify-between gap-2 px-4 pb-4 text-meta text-muted print:hidden">
        <span>Mero Jugx</span>
        <span className="flex gap-1">
          <DeviceMenus />
        </span>
      </footer>
    </div>
  );
}

interface ContentProps {
  token: string | undefined;
  query: { data: PublicInvoice | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
}

function Content({ token, query }: ContentProps): ReactNode {
  const t = useT();
  if (query.data && token) return <Invoice invoice={query.data} token={token} />;
  const over =
    token === undefined || isCode(query.error, 'not_found', 'gone', 'link_revoked', 'invalid_input');
  if (over) {
    return (
      <EmptyState
        level={1}
        icon={<FileQuestion />}
        title={t('invoices.publicGone')}
        description={t('invoices.publicGoneText')}
      />
    );
  }
  if (query.error) {
    return (
      <ErrorState
        description={problemText(t, query.error)}
        requestId={query.error instanceof ProblemError ? query.error.requestId : undefined}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  return (
    <Loading>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-36" />
        <Skeleton className="h-150" />
      </div>
    </Loading>
  );
}

function Invoice({ invoice, token }: { invoice: PublicInvoice; token: string }) {
  const t = useT();
  const title = [invoice.number, invoice.seller?.name].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <h1 className="sr-only">{t('invoices.publicTitle', { number: invoice.number ?? '' })}</h1>
      <Due invoice={invoice} token={token} />
      <Paper
        title={t('invoices.paperInvoice')}
        number={invoice.number}
        stamp={<InvoiceStatusBadge invoice={invoice} />}
        seller={invoice.seller}
        buyer={invoice.buyer}
        issuedOn={invoice.issuedOn}
        dueOn={invoice.dueOn}
        poNumber={invoice.poNumber}
        document={invoice.document}
        figures={moneyFigures(t, invoice)}
        notes={invoice.notes}
        terms={invoice.terms}
      />
    </>
  );
}

/** What one came to know: how much, until when. */
function Due({ invoice, token }: { invoice: PublicInvoice; token: string }) {
  const t = useT();
  const format = useFormat();
  const { status, overdue, amountDue, dueOn, seller, number } = invoice;
  const paper = usePublicPaper();
  const save = () =>
    paper.mutateAsync(token).then(
      ({ blob, name }) => saveFile(blob, name ?? `${number?.replaceAll('/', '-') ?? 'invoice'}.pdf`),
      (error: unknown) => tellProblem(t, error),
    );
  const nothingDue = amountDue.amount === 0;
  const payable = status !== 'void' && !nothingDue;
  const [telling, setTelling] = useState(false);
  const [told, setTold] = useState(false);
  return (
    <section
      aria-label={t('invoices.amountDue')}
      className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 rounded-dialog bg-surface p-5 shadow-raised sm:p-6 print:hidden"
    >
      <div className="min-w-0">
        <p className="break-words text-dense text-muted">
          {t('invoices.publicFrom', { name: seller?.name ?? '' })}
        </p>
        {status === 'void' ? (
          <p className="mt-1 font-semibold text-page">{t('invoices.publicVoid')}</p>
        ) : nothingDue ? (
          <p className="mt-1 flex items-center gap-2 font-semibold text-page text-success">
            <CircleCheck aria-hidden="true" className="size-5" />
            {t('invoices.publicPaid')}
          </p>
        ) : (
          <>
            <p className="num mt-1 font-semibold text-hero">{format.money(amountDue)}</p>
            {dueOn && (
              <p className={`num text-dense ${overdue ? 'font-medium text-danger' : 'text-muted'}`}>
                {overdue
                  ? t('invoices.publicOverdue', { day: format.day(dueOn) })
                  : t('invoices.dueBy', { day: format.day(dueOn) })}{' '}
                · {format.dayOther(dueOn)}
              </p>
            )}
          </>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" icon={<Download />} size="lg" busy={paper.isPending} onClick={save}>
          {t('invoices.pdfSave')}
        </Button>
        {payable && !told && (
          <Button icon={<BadgeCheck />} size="lg" onClick={() => setTelling(true)}>
            {t('invoices.claimTitle')}
          </Button>
        )}
        <Button icon={<Printer />} size="lg" onClick={() => window.print()}>
          {t('invoices.print')}
        </Button>
      </div>
      {told && (
        <p role="status" className="flex basis-full items-center gap-2 text-dense text-success">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0" />
          {t('invoices.claimDone', { name: seller?.name ?? '' })}
        </p>
      )}
      {telling && (
        <ClaimDialog
          invoice={invoice}
          token={token}
          onClose={() => setTelling(false)}
          onDone={() => {
            setTelling(false);
            setTold(true);
          }}
        />
      )}
    </section>
  );
}
