import { lazy, Suspense } from 'react';
import { withTexts } from '@/i18n/i18n';
import { usePrompts } from '@/stores/prompts';
import { NewVersion } from './NewVersion';

const StepUpDialog = lazy(() =>
  withTexts(() => import('./StepUpDialog'), 'auth')().then((m) => ({ default: m.StepUpDialog })),
);

/** What may ask for attention on every page, also on those without the shell. */
export function Prompts() {
  const answer = usePrompts((prompts) => prompts.stepUp);
  return (
    <>
      <NewVersion />
      <Suspense>{answer && <StepUpDialog onAnswer={answer} />}</Suspense>
    </>
  );
}
