import { beforeAll, describe, expect, it } from 'vitest';
import { i18n } from '@/i18n/i18n';
import { activityText } from './activity-text';

beforeAll(() => i18n.activate('en'));

const t = i18n._.bind(i18n);
const format = {
  money: ({ amount, currency }: { amount: number; currency: string }) => `${currency} ${amount}`,
};
const said = (type: string, data: unknown = {}) =>
  activityText(t, format, { type: `invoices.${type}`, data });

describe('what happened to an invoice, in words', () => {
  it('names the amount and the number that it was about', () => {
    expect(said('payment_recorded', { amount: 1000, currency: 'NPR' })).toBe('Payment of NPR 1000 recorded');
    expect(said('credit_note_issued', { creditNoteNumber: 'CN-7', total: 5, currency: 'NPR' })).toBe(
      'Credit note CN-7 over NPR 5 issued',
    );
  });

  it('tells a reminder from an invoice, and a claim without an amount from one with it', () => {
    expect(said('document_sent', { purpose: 'reminder' })).toBe('Reminder mailed');
    expect(said('document_sent', { purpose: 'document' })).toBe('Mailed');
    expect(said('payment_claimed', { amount: null, currency: 'NPR' })).toBe('Said to be paid');
    expect(said('payment_claimed', { amount: 5, currency: 'NPR' })).toBe('NPR 5 said to be paid');
  });

  it('says nothing of what it has no words for, and stands any data', () => {
    expect(said('pdf_ready')).toBeUndefined();
    expect(said('heard_of_by_nobody')).toBeUndefined();
    expect(said('invoice_voided', null)).toBe('Made void');
  });
});
