import { CalendarClock, CircleAlert, CircleCheck, MailCheck, Send, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CampaignPreflight } from '@/api/schema';
import { QueryStates, type QueryStatesProps } from '@/components/patterns/QueryStates';
import { tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { SkeletonRows } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { type FullCampaign, useTestCampaign } from '@/queries/campaigns';
import { useSession } from '@/stores/session';
import { ActDialog } from './ActDialog';
import type { CampaignField } from './draft-model';
import { faultText, isPast, stepOf } from './faults';
import { ScheduleDialog } from './ScheduleDialog';
import type { Step } from './search';
import { useAudienceText } from './use-audience-text';
import type { CampaignDraft } from './use-campaign-draft';

export interface ReviewStepProps {
  campaign: FullCampaign;
  draft: CampaignDraft;
  check: QueryStatesProps['query'] & { data: CampaignPreflight | undefined };
  at: string | undefined;
  onStep: (step: Step) => void;
  onSent: () => void;
}

/** Everything once more, what is in the way, a mail to oneself, and then the mail to all. */
export function ReviewStep({ campaign, draft, check, at, onStep, onSent }: ReviewStepProps) {
  const t = useT();
  const maySend = useCan('campaigns_send');
  return (
    <div className="flex max-w-150 flex-col gap-6">
      <Facts campaign={campaign} preflight={check.data} at={at} />
      <QueryStates query={check} skeleton={<SkeletonRows rows={3} />}>
        {check.data && (
          <Findings preflight={check.data} incomplete={draft.incomplete} at={at} onStep={onStep} />
        )}
      </QueryStates>
      <div className="flex flex-wrap items-center gap-2">
        <TestButton campaign={campaign} draft={draft} />
        {maySend && (
          <SendButton campaign={campaign} draft={draft} preflight={check.data} at={at} onSent={onSent} />
        )}
      </div>
      {!maySend && <Callout>{t('campaigns.maySendNot')}</Callout>}
    </div>
  );
}

type FactsProps = Pick<ReviewStepProps, 'campaign' | 'at'> & { preflight: CampaignPreflight | undefined };

function Facts({ campaign, preflight, at }: FactsProps) {
  const t = useT();
  const format = useFormat();
  const audience = useAudienceText();
  const facts: [string, ReactNode][] = [
    [t('campaigns.audience'), audience(campaign.audience)],
    [t('campaigns.recipients'), preflight ? format.number(preflight.recipients) : '…'],
    [t('campaigns.recipient.suppressed'), preflight ? format.number(preflight.suppressed) : '…'],
    [t('campaigns.subject'), campaign.subject || t('campaigns.noSubject')],
    [t('campaigns.when'), at ? format.dateTime(at) : t('campaigns.whenNow')],
  ];
  return (
    <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-dense">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type FindingsProps = Pick<ReviewStepProps, 'at' | 'onStep'> & {
  preflight: CampaignPreflight;
  incomplete: readonly CampaignField[];
};

function Findings(props: FindingsProps) {
  const t = useT();
  const { problems, ready } = props.preflight;
  const late = isPast(props.at);
  return (
    <section aria-label={t('campaigns.check')} className="flex flex-col gap-2">
      <h2 className="font-semibold text-body">{t('campaigns.check')}</h2>
      <ul className="divide-y divide-line border-line border-y text-dense">
        {ready && !late && props.incomplete.length === 0 && (
          <li className="flex items-center gap-2 py-2">
            <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
            {t('campaigns.ready')}
          </li>
        )}
        {props.incomplete.includes('audience') && (
          <Finding
            blocking
            text={t('campaigns.fault.audience_missing')}
            step="audience"
            onStep={props.onStep}
          />
        )}
        {props.incomplete.includes('name') && (
          <Finding blocking text={t('campaigns.nameNeeded')} step="settings" onStep={props.onStep} />
        )}
        {late && <Finding blocking text={t('campaigns.timePast')} step="settings" onStep={props.onStep} />}
        {problems.map((problem) => (
          <Finding
            key={problem.code + problem.detail}
            blocking={problem.blocking}
            text={faultText(t, problem)}
            step={stepOf(problem.code)}
            onStep={props.onStep}
          />
        ))}
      </ul>
    </section>
  );
}

interface FindingProps {
  blocking: boolean;
  text: string;
  /** Where it is mended. */
  step: Step;
  onStep: (step: Step) => void;
}

function Finding({ blocking, text, step, onStep }: FindingProps) {
  const t = useT();
  const Icon = blocking ? CircleAlert : TriangleAlert;
  return (
    <li className="flex items-center gap-2 py-1.5">
      <Icon aria-hidden="true" className={`size-4 shrink-0 ${blocking ? 'text-danger' : 'text-warning'}`} />
      <span className="sr-only">{blocking ? t('campaigns.blocking') : t('campaigns.warning')}</span>
      <span className="min-w-0 flex-1 break-words">{text}</span>
      <Button size="sm" variant="ghost" onClick={() => onStep(step)}>
        {t(`campaigns.step.${step}`)}
      </Button>
    </li>
  );
}

function TestButton({ campaign, draft }: Pick<ReviewStepProps, 'campaign' | 'draft'>) {
  const t = useT();
  const test = useTestCampaign();
  const mayTest = useCan('campaigns_test');
  const email = useSession((session) => session.user?.email ?? '');
  if (!mayTest) return null;
  const send = async () => {
    if ((await draft.flush()) === undefined) return;
    test.mutate(
      { id: campaign.id },
      {
        onSuccess: () => toast({ title: t('campaigns.testOnItsWay', { email }), tone: 'success' }),
        onError: (error) => tellProblem(t, error),
      },
    );
  };
  return (
    <Button icon={<MailCheck />} busy={test.isPending} onClick={() => void send()}>
      {t('campaigns.test')}
    </Button>
  );
}

type SendProps = Pick<ReviewStepProps, 'campaign' | 'draft' | 'at' | 'onSent'> & {
  preflight: CampaignPreflight | undefined;
};

function SendButton({ campaign, draft, preflight, at, onSent }: SendProps) {
  const t = useT();
  const [asking, setAsking] = useState<number | null>(null);
  const blocked =
    !preflight?.ready || isPast(at) || draft.conflict !== undefined || draft.incomplete.length > 0;
  // What was typed last belongs to it.
  const ask = () => void draft.flush().then((version) => setAsking(version ?? null));
  const close = () => setAsking(null);
  const of = asking === null ? null : { id: campaign.id, version: asking };
  const facts = <Facts campaign={campaign} preflight={preflight} at={at} />;
  return (
    <>
      <Button variant="primary" icon={at ? <CalendarClock /> : <Send />} disabled={blocked} onClick={ask}>
        {at ? t('campaigns.scheduleAsk') : `${t('campaigns.act.send')}…`}
      </Button>
      {of && !at && (
        <ActDialog campaign={of} act="send" onClose={close} onDone={onSent}>
          {facts}
        </ActDialog>
      )}
      {of && at && (
        <ScheduleDialog campaign={of} at={at} onClose={close} onDone={onSent}>
          {facts}
        </ScheduleDialog>
      )}
    </>
  );
}
