import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Bootstrap } from '@/api/schema';
import { Activity } from '@/components/dashboard/Activity';
import { Checklist } from '@/components/dashboard/Checklist';
import { Greeting } from '@/components/dashboard/Greeting';
import { NeedsYou } from '@/components/dashboard/NeedsYou';
import { Numbers } from '@/components/dashboard/Numbers';
import { rangeOf } from '@/components/dashboard/range';
import { usePreferences } from '@/components/ui/preferences';
import { Skeleton } from '@/components/ui/skeleton';
import { today } from '@/lib/time';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { settingsOptions } from '@/queries/settings';

const route = getRouteApi('/o/$slug/');

// The numbers and what needs one come first; the chart and the calendar of the picker follow.
const TicketFlow = lazy(() =>
  import('@/components/dashboard/TicketFlow').then((m) => ({ default: m.TicketFlow })),
);
const RangePicker = lazy(() =>
  import('@/components/dashboard/RangePicker').then((m) => ({ default: m.RangePicker })),
);

export function DashboardPage() {
  const boot = useBootstrap();
  return boot ? <Dashboard boot={boot} /> : null;
}

/** What somebody may not read is not there; the rest closes up. */
function Dashboard({ boot }: { boot: Bootstrap }) {
  const hasTickets = useCan('tickets_list') && boot.apps.includes('tickets');
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-8 p-4 sm:p-6">
      {hasTickets ? <WithTickets boot={boot} /> : <Head boot={boot} />}
    </div>
  );
}

function Head({ boot, children }: { boot: Bootstrap; children?: ReactNode }) {
  const { displayName, fullName } = boot.user;
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <Greeting name={displayName ?? fullName.split(' ')[0] ?? fullName} />
      {children}
    </div>
  );
}

function WithTickets({ boot }: { boot: Bootstrap }) {
  const prefs = usePreferences();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const counts = useCan('analytics_tickets');
  const settings = useQuery({
    ...settingsOptions(boot.organization.id),
    enabled: useCan('settings_get'),
    throwOnError: false,
  }).data;
  // One instant for the whole visit: filters with another one each second would be fetched each second.
  const [now] = useState(() => new Date().toISOString());
  const timeZone = settings?.timeZone ?? prefs.timeZone;
  const day = today(timeZone);
  const range = rangeOf(search, day, settings);
  return (
    <>
      <Head boot={boot}>
        {counts && (
          <Suspense fallback={<Skeleton className="h-control w-40" />}>
            <RangePicker
              search={search}
              range={range}
              today={day}
              fiscal={settings}
              onChange={(next) => void navigate({ search: next, replace: true })}
            />
          </Suspense>
        )}
      </Head>
      <Checklist boot={boot} />
      <Numbers range={range} now={now} />
      <div className="grid gap-8 lg:grid-cols-3">
        <div className="min-w-0 lg:col-span-2">
          <NeedsYou now={now} />
        </div>
        <Activity boot={boot} />
      </div>
      {counts && (
        <Suspense fallback={<Skeleton className="h-60 w-full" />}>
          <TicketFlow range={range} />
        </Suspense>
      )}
    </>
  );
}
