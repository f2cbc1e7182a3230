import { toast } from '@/components/ui/toast-store';
import type { Translate } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';

/** Tells that an act did not happen. Who closed the question for a proof knows that already. */
export function tellProblem(t: Translate, error: unknown): void {
  if (isCode(error, 'step_up_required')) return;
  toast({ title: problemText(t, error), tone: 'danger' });
}

/** What a dialog shows of its own problem. */
export function dialogProblem(t: Translate, error: unknown): string | undefined {
  if (!error || isCode(error, 'step_up_required')) return undefined;
  return problemText(t, error);
}
