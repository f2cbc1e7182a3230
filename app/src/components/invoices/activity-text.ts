import type { InvoiceActivity } from '@/api/schema';
import type { useFormat } from '@/components/ui/preferences';
import type { Translate } from '@/i18n/i18n';

/** What of an event's data the sentences need; the rest of it is for programs. */
function factsOf(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One sentence; undefined where this version has none for it. */
export function activityText(
  t: Translate,
  format: Pick<ReturnType<typeof useFormat>, 'money'>,
  { type, data }: Pick<InvoiceActivity, 'type' | 'data'>,
): string | undefined {
  const facts = factsOf(data);
  const amount = facts.amount ?? facts.total;
  const currency = textOf(facts.currency);
  // An amount of a claim may be missing.
  const shown = typeof amount === 'number' && currency ? format.money({ amount, currency }) : '';
  const number = textOf(facts.creditNoteNumber);
  const happened = type.replace(/^invoices\./, '');
  const reminder = facts.purpose === 'reminder' && happened === 'document_sent' ? 'reminder_sent' : happened;
  const id = `invoices.did.${reminder === 'payment_claimed' && !shown ? 'payment_claimed_bare' : reminder}`;
  const text = t(id, { shown, number });
  return text === id ? undefined : text;
}
