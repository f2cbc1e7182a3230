import type { FieldPath, UseFormReturn } from 'react-hook-form';
import type { Translate } from '@/i18n/i18n';
import { fieldOf, ProblemError } from '@/lib/problem';
import { inputText, problemText } from '@/lib/problem-text';
import { type DraftValues, wireLines } from './draft-model';
import { fieldAt } from './draft-places';

/** Shows what a save was refused for: at the fields and lines that it names, the rest over the form. */
export function applyDraftProblem(form: UseFormReturn<DraftValues>, error: unknown, t: Translate): void {
  const values = form.getValues();
  const { places } = wireLines(values);
  const rest: string[] = [];
  const faults = error instanceof ProblemError ? error.errors : [];
  for (const fault of faults) {
    const path = fieldAt(fieldOf(fault) ?? '', places);
    const [root] = path?.split('.') ?? [];
    // The lines as a whole have no place of their own.
    if (path === undefined || path === 'lines' || root === undefined || !(root in values))
      rest.push(inputText(t, fault));
    // The root is a member of the form, and below `lines` `fieldAt` knows only its fields.
    else form.setError(path as FieldPath<DraftValues>, { type: fault.code, message: inputText(t, fault) });
  }
  if (faults.length > 0 && rest.length === 0) return;
  form.setError('root.server', { type: 'server', message: rest.join(' ') || problemText(t, error) });
}

/** Everything readable and somebody to send it to? Else says what is missing. */
export function isComplete(form: UseFormReturn<DraftValues>, t: Translate): boolean {
  form.clearErrors();
  // What `formState` says is as old as the last render.
  let complete = true;
  const values = form.getValues();
  if (values.customer === null) {
    complete = false;
    form.setError('customer', { type: 'required', message: t('invoices.customerNeeded') });
  }
  for (const [place, line] of values.lines.entries()) {
    if (line.description.trim() !== '' || (line.price.trim() === '' && line.discount.trim() === '')) continue;
    complete = false;
    form.setError(`lines.${place}.description`, {
      type: 'required',
      message: t('invoices.descriptionNeeded'),
    });
  }
  return complete;
}
