import { RotateCcw, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Job } from '@/api/schema';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { dialogProblem, tellProblem } from '@/components/patterns/tell';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { useFormat } from '@/components/ui/preferences';
import { Sheet } from '@/components/ui/sheet';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useDiscardJob, useRequeueJob } from '@/queries/jobs';
import { canDiscard, canRequeue, causes, jobErrors, stateTone } from './job-model';

/** One job: when, how often, on what, and why it failed. */
export function JobSheet({ job, onClose }: { job: Job; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={<code className="font-mono">{job.kind}</code>}
      footer={<JobActs job={job} onDone={onClose} />}
    >
      <PropertyList
        items={[
          {
            id: 'state',
            label: t('jobs.stateLabel'),
            value: <Badge tone={stateTone(job.state)}>{t(`jobs.state.${job.state}`)}</Badge>,
          },
          { id: 'queue', label: t('jobs.queueLabel'), value: t(`jobs.queue.${job.queue}`) },
          {
            id: 'attempts',
            label: t('jobs.attempts'),
            value: (
              <span className="num">{`${format.number(job.attempt)} / ${format.number(job.maxAttempts)}`}</span>
            ),
          },
          {
            id: 'crashes',
            label: t('jobs.crashes'),
            value: <span className="num">{format.number(job.crashes)}</span>,
          },
          { id: 'created', label: t('jobs.created'), value: format.dateTime(job.createdAt) },
          { id: 'run', label: t('jobs.notBefore'), value: format.dateTime(job.runAt) },
          {
            id: 'finished',
            label: t('jobs.finished'),
            value: job.finishedAt ? format.dateTime(job.finishedAt) : '–',
          },
          { id: 'id', label: t('jobs.id'), value: <Id value={job.id} label={t('jobs.copyId')} /> },
          {
            id: 'trace',
            label: t('jobs.trace'),
            value: job.traceId ? <Id value={job.traceId} label={t('jobs.copyTrace')} /> : '–',
          },
        ]}
      />
      <Part title={t('jobs.errors')}>
        <ErrorChain job={job} />
      </Part>
      <Part title={t('jobs.payload')}>
        <pre className="whitespace-pre-wrap break-words rounded-control border border-line bg-sunken px-3 py-2 font-mono text-meta">
          {JSON.stringify(job.payload, null, 2)}
        </pre>
      </Part>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-1.5 font-medium text-dense">{title}</h3>
      {children}
    </section>
  );
}

function Id({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 truncate font-mono text-meta">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}

/** Every failure, newest first, each cause under what it caused. */
export function ErrorChain({ job }: { job: Pick<Job, 'errors'> }) {
  const t = useT();
  const format = useFormat();
  const errors = jobErrors(job).toReversed();
  if (errors.length === 0) return <p className="text-dense text-muted">{t('jobs.noErrors')}</p>;
  return (
    <ol aria-label={t('jobs.errors')} className="divide-y divide-line border-line border-y text-dense">
      {errors.map(({ at, attempt, error }) => (
        <li key={`${attempt}-${at}`} className="py-2">
          <p className="num text-meta text-muted">
            {attempt !== undefined && t('jobs.try', { number: format.number(attempt) })}
            {at && ` · ${format.dateTime(at)}`}
          </p>
          {causes(error).map((cause, depth) => (
            <p
              key={cause}
              className={depth === 0 ? 'break-words' : 'break-words text-muted'}
              style={{ paddingLeft: depth * 12 }}
            >
              {depth > 0 && <span aria-hidden="true">↳ </span>}
              {cause}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}

function JobActs({ job, onDone }: { job: Job; onDone: () => void }) {
  const t = useT();
  const requeue = useRequeueJob();
  const mayRequeue = useCan('jobs_requeue') && canRequeue(job);
  const mayDiscard = useCan('jobs_discard') && canDiscard(job);
  const [busy, setBusy] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  if (!mayRequeue && !mayDiscard) return null;
  const again = async () => {
    setBusy(true);
    try {
      await requeue(job.id);
      toast({ title: t('jobs.requeued'), tone: 'success' });
      onDone();
    } catch (error) {
      tellProblem(t, error);
    }
    setBusy(false);
  };
  return (
    <>
      {mayDiscard && (
        <Button variant="danger-quiet" icon={<Trash2 />} onClick={() => setDiscarding(true)}>
          {t('jobs.discard')}
        </Button>
      )}
      {mayRequeue && (
        <Button variant="primary" icon={<RotateCcw />} busy={busy} onClick={() => void again()}>
          {t('jobs.requeue')}
        </Button>
      )}
      {discarding && <DiscardDialog job={job} onClose={() => setDiscarding(false)} onDone={onDone} />}
    </>
  );
}

function DiscardDialog({ job, onClose, onDone }: { job: Job; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const discard = useDiscardJob();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const confirm = async () => {
    setState({ busy: true });
    try {
      await discard(job.id);
      toast({ title: t('jobs.discarded'), tone: 'success' });
      onDone();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('jobs.discardTitle', { kind: job.kind })}
      description={t('jobs.discardText')}
      confirmLabel={t('jobs.discard')}
      busy={state.busy}
      error={dialogProblem(t, state.error)}
      onConfirm={() => void confirm()}
    />
  );
}
