import { useQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { FormSummary } from '@/components/auth/FormParts';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useHotkeys } from '@/lib/use-hotkeys';
import { type FullCampaign, preflightOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { AudienceStep } from './AudienceStep';
import { ComposerBar } from './ComposerBar';
import { ComposerSteps } from './ComposerSteps';
import { ContentStep } from './ContentStep';
import { type CampaignValues, valuesOf } from './draft-model';
import { ReviewStep } from './ReviewStep';
import { SettingsStep } from './SettingsStep';
import { type CampaignSearchParams, type Step, steps } from './search';
import { type CampaignDraft, useCampaignDraft } from './use-campaign-draft';

export interface ComposerProps {
  campaign: FullCampaign;
  search: CampaignSearchParams;
  onSearch: (change: CampaignSearchParams) => void;
}

const labels: Record<keyof CampaignValues, string> = {
  name: 'campaigns.name',
  audience: 'campaigns.audience',
  subject: 'campaigns.subject',
  body: 'campaigns.text',
};

/** A draft in four steps. It stores itself; nobody gets it before the last one. */
export function Composer({ campaign, search, onSearch }: ComposerProps) {
  const t = useT();
  const form = useForm<CampaignValues>({ defaultValues: valuesOf(campaign) });
  const draft = useCampaignDraft(form, campaign);
  const { data: preflight, ...check } = useQuery(preflightOptions(useOrgId(), campaign.id, draft.version));
  const step = search.step ?? 'audience';
  const go = (next: Step) => onSearch({ step: next });
  useLeaving(draft);
  useHotkeys([
    {
      keys: 'mod+s',
      label: t('campaigns.saveNow'),
      group: t('nav.campaigns'),
      everywhere: true,
      run: (event) => {
        event.preventDefault();
        void draft.flush();
      },
    },
  ]);
  const parts: Record<Step, () => React.ReactNode> = {
    audience: () => <AudienceStep form={form} preflight={preflight} />,
    content: () => <ContentStep form={form} campaign={campaign} draft={draft} />,
    settings: () => <SettingsStep form={form} at={search.at} onAt={(at) => onSearch({ at })} />,
    review: () => (
      <ReviewStep
        campaign={campaign}
        draft={draft}
        check={{ ...check, data: preflight }}
        at={search.at}
        onStep={go}
        onSent={() => onSearch({ step: undefined, at: undefined })}
      />
    ),
  };
  return (
    <div className="flex flex-col gap-6 lg:grid lg:grid-cols-[176px_minmax(0,1fr)] lg:gap-8">
      <ComposerBar campaign={campaign} draft={draft} />
      <ComposerSteps current={step} values={form.watch()} preflight={preflight} at={search.at} onPick={go} />
      <div className="flex min-w-0 flex-col gap-6">
        <h1 className="break-words font-semibold text-page">{campaign.name}</h1>
        <FormSummary message={form.formState.errors.root?.server?.message} />
        {draft.conflict && (
          <ConflictBar
            message={t('patterns.conflictMany', {
              fields: draft.conflict.fields.map((field) => t(labels[field])).join(', '),
            })}
            onKeepMine={draft.conflict.keepMine}
            onTakeTheirs={draft.conflict.takeTheirs}
            busy={draft.saving}
          />
        )}
        <section aria-label={t(`campaigns.step.${step}`)}>{parts[step]()}</section>
        <Ways step={step} onGo={go} />
      </div>
    </div>
  );
}

function Ways({ step, onGo }: { step: Step; onGo: (step: Step) => void }) {
  const t = useT();
  const place = steps.indexOf(step);
  const [before, next] = [steps[place - 1], steps[place + 1]];
  return (
    <div className="flex justify-between gap-2 border-line border-t pt-4">
      {before ? (
        <Button variant="ghost" icon={<ArrowLeft />} onClick={() => onGo(before)}>
          {t(`campaigns.step.${before}`)}
        </Button>
      ) : (
        <span />
      )}
      {next && (
        <Button variant={next === 'review' ? 'primary' : 'secondary'} onClick={() => onGo(next)}>
          {t(`campaigns.step.${next}`)}
          <ArrowRight />
        </Button>
      )}
    </div>
  );
}

/** What was typed last is stored on the way out; only where that fails somebody is asked. */
function useLeaving({ dirty, flush }: CampaignDraft) {
  const t = useT();
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!dirty || current.pathname === next.pathname) return false;
      if ((await flush()) !== undefined) return false;
      return !window.confirm(t('campaigns.leaveUnsaved'));
    },
    enableBeforeUnload: () => dirty,
    disabled: !dirty,
  });
}
