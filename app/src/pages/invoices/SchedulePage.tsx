import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import type { FullInvoiceSchedule } from '@/api/schema';
import { EditorSkeleton } from '@/components/invoices/EditorSkeleton';
import { Paper } from '@/components/invoices/Paper';
import { SideSection } from '@/components/invoices/SideSection';
import { InBreadcrumb } from '@/components/layout/TopBar';
import { lazyDialog, lazyPart } from '@/components/patterns/lazy-part';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useNarrow } from '@/components/patterns/use-media';
import { MadeInvoices } from '@/components/recurring/MadeInvoices';
import { NextDays } from '@/components/recurring/NextDays';
import { ScheduleActs } from '@/components/recurring/ScheduleActs';
import { rhythmText, scheduleTones } from '@/components/recurring/schedule-text';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { taxRatesOptions } from '@/queries/catalogue';
import { scheduleOptions } from '@/queries/invoiceSchedules';
import { useOrgId } from '@/queries/org';

// Whoever only looks needs no form.
const ScheduleEditor = lazyPart(
  () => import('@/components/recurring/ScheduleEditor').then((m) => m.ScheduleEditor),
  { waiting: <EditorSkeleton /> },
);
const RhythmDialog = lazyDialog(() =>
  import('@/components/recurring/RhythmDialog').then((m) => m.RhythmDialog),
);

const route = getRouteApi('/o/$slug/invoices/recurring/$scheduleId');

/** One invoice that recurs: its days, what it made, and what the next one will say. */
export function SchedulePage() {
  const t = useT();
  const { scheduleId } = route.useParams();
  const { data, ...query } = useQuery(scheduleOptions(useOrgId(), scheduleId));
  const narrow = useNarrow();
  const mayUpdate = useCan('invoice_schedules_update');
  const mayIssue = useCan('invoices_issue');
  // What issues by itself is changed by those who issue.
  const mayWrite = mayUpdate && (mayIssue || data?.autoIssue === false);
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-6 p-4 sm:p-6">
      {data && (
        <>
          {!narrow && <InBreadcrumb>{data.customerName}</InBreadcrumb>}
          <h1 className="sr-only">{t('recurring.of', { name: data.customerName })}</h1>
        </>
      )}
      <QueryStates query={{ ...query, data }} skeleton={<EditorSkeleton />}>
        {data && (
          <>
            <ScheduleActs schedule={data} />
            <Facts schedule={data} mayWrite={mayWrite} />
            {mayWrite && data.status !== 'ended' ? (
              <Editing key={data.id} schedule={data} />
            ) : (
              <Reading schedule={data} />
            )}
          </>
        )}
      </QueryStates>
    </div>
  );
}

/** The days, and what came of them. */
function Facts({ schedule, mayWrite }: { schedule: FullInvoiceSchedule; mayWrite: boolean }) {
  const t = useT();
  const format = useFormat();
  const [changing, setChanging] = useState(false);
  const { status, stopReason, autoIssue, upcoming } = schedule;
  return (
    <>
      {status === 'stopped' && stopReason && (
        <Callout tone="warning" title={t('recurring.stoppedTitle')}>
          {t(`recurring.stopped.${stopReason}`)}
        </Callout>
      )}
      <div className="grid items-start gap-6 rounded-dialog bg-surface p-4 shadow-raised sm:grid-cols-2 sm:p-5 lg:grid-cols-3">
        <div className="flex flex-col items-start gap-2">
          <Badge tone={scheduleTones[status]}>{t(`recurring.status.${status}`)}</Badge>
          <p className="font-semibold text-section">{rhythmText(t, format, schedule)}</p>
          <p className="num text-dense text-muted">
            {t('recurring.since', { day: format.day(schedule.startOn) })}
            {' · '}
            {autoIssue ? t('recurring.issuesItself') : t('recurring.makesDrafts')}
          </p>
          {mayWrite && status !== 'ended' && (
            <Button size="sm" icon={<CalendarClock />} onClick={() => setChanging(true)}>
              {t('recurring.changeDays')}
            </Button>
          )}
        </div>
        <SideSection title={t('recurring.nextDays')}>
          <NextDays days={upcoming.map(({ on }) => on)} />
        </SideSection>
        <div className="sm:max-lg:col-span-2">
          <SideSection title={t('recurring.madeTitle')}>
            <MadeInvoices schedule={schedule.id} />
          </SideSection>
        </div>
      </div>
      {changing && <RhythmDialog schedule={schedule} onClose={() => setChanging(false)} />}
    </>
  );
}

function Editing({ schedule }: { schedule: FullInvoiceSchedule }) {
  const taxRates = useQuery(taxRatesOptions(useOrgId()));
  return (
    <QueryStates query={taxRates} skeleton={<EditorSkeleton />}>
      {taxRates.data && <ScheduleEditor schedule={schedule} taxRates={taxRates.data} />}
    </QueryStates>
  );
}

function Reading({ schedule }: { schedule: FullInvoiceSchedule }) {
  const t = useT();
  return (
    <Paper
      className="max-w-200"
      title={t('invoices.paperInvoice')}
      number={null}
      seller={useBootstrap()?.organization}
      buyer={{ name: schedule.customerName }}
      issuedOn={schedule.nextOn}
      poNumber={schedule.poNumber}
      document={schedule.document}
      notes={schedule.notes}
      terms={schedule.terms}
    />
  );
}
