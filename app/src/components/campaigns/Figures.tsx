import type { CampaignReport, RecipientState } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { StateChips } from './StateChips';
import { recipientStates } from './search';

export interface FiguresProps {
  report: CampaignReport;
  state: RecipientState | undefined;
  onPick: (state: RecipientState | undefined) => void;
}

const fills: Record<RecipientState, string> = {
  sent: 'bg-success',
  pending: 'bg-hover',
  sending: 'bg-accent',
  failed: 'bg-danger',
  uncertain: 'bg-warning',
  suppressed: 'bg-edge',
  bounced: 'bg-danger',
  cancelled: 'bg-edge',
};

/** What became of everybody. The states make up all recipients; each leads to those it counts. */
export function Figures({ report, state, onPick }: FiguresProps) {
  const t = useT();
  const format = useFormat();
  const shown = recipientStates.filter((one) => report[one] > 0 || one === 'sent' || one === state);
  return (
    <section aria-label={t('campaigns.figures')} className="flex flex-col gap-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="num font-semibold text-hero">{format.number(report.sent)}</span>
        <span className="num text-dense text-muted">
          {t('campaigns.sentOfAll', { count: report.recipients, all: format.number(report.recipients) })}
          {report.unsubscribed > 0 &&
            ` · ${t('campaigns.nUnsubscribed', {
              count: report.unsubscribed,
              shown: format.number(report.unsubscribed),
            })}`}
        </span>
      </p>
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        {shown.map((one) => (
          <span
            key={one}
            className={fills[one]}
            style={{ width: `${(report[one] / Math.max(1, report.recipients)) * 100}%` }}
          />
        ))}
      </div>
      <StateChips<RecipientState | 'all'>
        label={t('campaigns.stateLabel')}
        value={state ?? 'all'}
        onPick={(picked) => onPick(picked === 'all' ? undefined : picked)}
        options={[
          { value: 'all', label: t('campaigns.all'), count: report.recipients },
          ...shown.map((one) => ({
            value: one,
            label: t(`campaigns.recipient.${one}`),
            count: report[one],
            urgent: report[one] > 0 && (one === 'failed' || one === 'uncertain' || one === 'bounced'),
          })),
        ]}
      />
    </section>
  );
}
