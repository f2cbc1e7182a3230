import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { Translate } from '@/i18n/i18n';
import { fieldOf, type InputError, ProblemError } from './problem';

/** What a problem means to a person, in his language; the server's own words where there is no text for the code. */
export function problemText(t: Translate, error: unknown): string {
  if (!(error instanceof ProblemError)) return t('problem.unexpected');
  if (error.code === 'rate_limited' && error.retryAfter) {
    return t('problem.rate_limited_for', { minutes: Math.ceil(error.retryAfter / 60) });
  }
  return known(t, `problem.${error.code}`, {}) ?? (error.detail || t('problem.unexpected'));
}

/** What is wrong with one input. */
export function inputText(t: Translate, error: InputError): string {
  const params = error.params ?? {};
  // One code has two ends: at least, at most.
  const end = error.code === 'out_of_range' ? ('max' in params ? '_max' : 'min' in params ? '_min' : '') : '';
  return known(t, `inputError.${error.code}${end}`, params) ?? error.detail;
}

/** Lingui gives the id back when it has no text for it. */
function known(t: Translate, id: string, params: Record<string, unknown>): string | undefined {
  const text = t(id, params);
  return text === id ? undefined : text;
}

/** The texts of the faults of a problem, by the field they name. For forms of one or two fields. */
export function faultTexts(t: Translate, error: unknown): Partial<Record<string, string>> {
  const faults = error instanceof ProblemError ? error.errors : [];
  return Object.fromEntries(faults.map((fault) => [fieldOf(fault) ?? '', inputText(t, fault)]));
}

/**
 * Shows a problem in a form: at its fields where it names them, in the summary (`errors.root.server`) where not. The
 * first bad field gets the focus.
 */
export function applyProblem<F extends FieldValues>(
  form: UseFormReturn<F>,
  error: unknown,
  t: Translate,
): void {
  const faults = error instanceof ProblemError ? error.errors : [];
  const values = form.getValues();
  const unplaced: string[] = [];
  let placed = 0;
  for (const fault of faults) {
    const field = fieldOf(fault);
    if (field === undefined || !isField(values, field)) {
      unplaced.push(inputText(t, fault));
      continue;
    }
    // The check above is what makes the string a path of this form.
    form.setError(
      field as Path<F>,
      { type: fault.code, message: inputText(t, fault) },
      { shouldFocus: placed === 0 },
    );
    placed += 1;
  }
  if (placed > 0 && unplaced.length === 0) return;
  const summary = unplaced.length > 0 ? unplaced.join(' ') : problemText(t, error);
  form.setError('root.server', { type: 'server', message: summary });
}

function isField(values: unknown, path: string): boolean {
  let at: unknown = values;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !(part in at)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return path !== '';
}
