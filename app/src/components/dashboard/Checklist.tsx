import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, CircleCheck, CircleDashed } from 'lucide-react';
import type { Bootstrap } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { organizationOptions } from '@/queries/organizations';
import { everybodyOptions } from '@/queries/users';
import { useSession } from '@/stores/session';
import { DashboardSection } from './DashboardSection';
import { useTicketCount } from './Numbers';

interface Step {
  id: string;
  label: string;
  path: string;
  done: boolean | undefined;
}

/** The first steps of an organization. Whether one is done is what the data says, not what somebody ticked. */
function useSteps(org: string): Step[] {
  const t = useT();
  const secondFactor = useSession((session) => session.secondFactor);
  const details = useQuery({ ...organizationOptions(org), throwOnError: false }).data;
  const people = useQuery({ ...everybodyOptions(org), throwOnError: false }).data;
  const tickets = useTicketCount({});
  const done = useTicketCount({ status: ['resolved', 'closed'] });
  const more = (count: number | undefined, than: number) => (count === undefined ? undefined : count > than);
  return [
    {
      id: 'security',
      label: t('dashboard.stepSecurity'),
      path: '/settings/security',
      done: secondFactor,
    },
    {
      id: 'details',
      label: t('dashboard.stepDetails'),
      path: '/settings/organization',
      done: details && Boolean(details.legalName ?? details.taxId ?? details.address ?? details.phone),
    },
    {
      id: 'people',
      label: t('dashboard.stepPeople'),
      path: '/settings/members',
      done: more(people?.length, 1),
    },
    { id: 'ticket', label: t('dashboard.stepTicket'), path: '/tickets', done: more(tickets, 0) },
    { id: 'done', label: t('dashboard.stepDone'), path: '/tickets', done: more(done, 0) },
  ];
}

/** For who sets the organization up, until the last step is done. */
export function Checklist({ boot }: { boot: Bootstrap }) {
  const may = [useCan('organization_update'), useCan('users_list'), useCan('tickets_create')];
  return may.every(Boolean) ? <Steps boot={boot} /> : null;
}

function Steps({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const format = useFormat();
  const steps = useSteps(boot.organization.id);
  const done = steps.filter((step) => step.done).length;
  // Nothing flashes up for those who are through: it shows only once all is known.
  if (steps.some((step) => step.done === undefined) || done === steps.length) return null;
  const progress = t('dashboard.progress', { done: format.number(done), all: format.number(steps.length) });
  return (
    <DashboardSection
      title={t('dashboard.gettingStarted')}
      aside={<span className="num text-meta text-muted">{progress}</span>}
    >
      <Progress label={t('dashboard.gettingStarted')} value={done} max={steps.length} valueText={progress} />
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {steps.map((step) => (
          <li key={step.id} className="flex min-h-10 items-center gap-2 text-dense">
            {step.done ? (
              <CircleCheck aria-label={t('dashboard.done')} className="size-4 shrink-0 text-success" />
            ) : (
              <CircleDashed aria-label={t('dashboard.toDo')} className="size-4 shrink-0 text-muted" />
            )}
            <StepName step={step} slug={boot.organization.slug} />
          </li>
        ))}
      </ul>
    </DashboardSection>
  );
}

function StepName({ step: { label, path, done }, slug }: { step: Step; slug: string }) {
  if (done) return <span className="text-muted line-through">{label}</span>;
  const href: string = `/o/${slug}${path}`;
  return (
    <Link to={href} className="flex min-h-6 items-center gap-1 rounded-chip font-medium hover:underline">
      {label}
      <ChevronRight aria-hidden="true" className="size-3.5 text-muted" />
    </Link>
  );
}
