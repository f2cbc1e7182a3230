import { clsx } from 'clsx';
import { Circle, CircleAlert, CircleCheck } from 'lucide-react';
import type { CampaignPreflight } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import type { CampaignValues } from './draft-model';
import { isPast, stepOf } from './faults';
import { type Step, steps } from './search';

export interface ComposerStepsProps {
  current: Step;
  values: CampaignValues;
  preflight: CampaignPreflight | undefined;
  /** The instant it is to be sent at. */
  at: string | undefined;
  onPick: (step: Step) => void;
}

type Mark = 'done' | 'open' | 'wrong';

/** How far a step is, by what the server's check says of it. Empty fields are open, not wrong. */
function markOf(step: Step, { values, preflight, at }: Omit<ComposerStepsProps, 'current' | 'onPick'>): Mark {
  if (step === 'settings' && isPast(at)) return 'wrong';
  if (step === 'settings') return values.name.trim() === '' ? 'open' : 'done';
  if (!preflight || (step === 'audience' && values.audience === 'list')) return 'open';
  const faults = preflight.problems.filter(
    ({ blocking, code }) => blocking && (step === 'review' || stepOf(code) === step),
  );
  if (faults.length === 0) return 'done';
  return step === 'review' || faults.every(({ code }) => code.endsWith('_missing')) ? 'open' : 'wrong';
}

const looks = {
  done: { Icon: CircleCheck, ink: 'text-success' },
  open: { Icon: Circle, ink: 'text-edge' },
  wrong: { Icon: CircleAlert, ink: 'text-danger' },
};

/** The way to a campaign; each step can be taken at any time. */
export function ComposerSteps(props: ComposerStepsProps) {
  const t = useT();
  return (
    <nav aria-label={t('campaigns.steps')} className="lg:sticky lg:top-4 lg:self-start">
      <ol className="-m-1 flex gap-1 overflow-x-auto p-1 lg:flex-col">
        {steps.map((step) => {
          const mark = markOf(step, props);
          const { Icon, ink } = looks[mark];
          const on = step === props.current;
          return (
            <li key={step} className="shrink-0">
              <button
                type="button"
                aria-current={on ? 'step' : undefined}
                onClick={() => props.onPick(step)}
                className={clsx(
                  'flex h-control w-full items-center gap-2 rounded-control px-2.5 text-dense transition-colors duration-120',
                  on ? 'bg-hover font-medium' : 'text-muted hover:bg-hover hover:text-text',
                )}
              >
                <Icon aria-hidden="true" className={clsx('size-4 shrink-0', ink)} />
                {t(`campaigns.step.${step}`)}
                <span className="sr-only">{t(`campaigns.mark.${mark}`)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
