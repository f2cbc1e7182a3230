import { describe, expect, it } from 'vitest';
import {
  type DraftValues,
  draftBody,
  draftChange,
  emptyLine,
  fieldAt,
  merge,
  pastedLines,
  previewBody,
  unreadable,
  wireLines,
} from './draft-model';

const line = (more: Partial<DraftValues['lines'][number]> = {}) => ({
  ...emptyLine(null),
  description: 'Tea',
  price: '100',
  ...more,
});

function aDraft(more: Partial<DraftValues> = {}): DraftValues {
  return {
    customer: { value: 'c1', label: 'Newroad Store' },
    currency: 'NPR',
    dueDays: '15',
    poNumber: '',
    notes: '',
    terms: '',
    discountKind: 'percent',
    discount: '',
    lines: [line()],
    ...more,
  };
}

describe('a draft on the wire', () => {
  it('has its money in minor units, and no line that nobody filled', () => {
    const draft = aDraft({
      discount: '5',
      lines: [
        line({ quantity: '२.५', price: '1,250.50', discountKind: 'amount', discount: '10', taxRateId: 'v' }),
        emptyLine('v'),
        line({ itemId: 'i1' }),
      ],
    });
    expect(draftBody(draft)).toMatchObject({
      customerId: 'c1',
      dueDays: 15,
      discount: { basisPoints: 500 },
      lines: [
        {
          quantity: '2.5',
          unitPrice: { amount: 125_050, currency: 'NPR' },
          discount: { amount: { amount: 1000, currency: 'NPR' } },
          taxRateId: 'v',
        },
        { itemId: 'i1', unitPrice: { amount: 10_000, currency: 'NPR' } },
      ],
    });
    expect(wireLines(draft).places).toEqual([0, 2]);
  });

  it('is previewed while a line has no name yet', () => {
    expect(previewBody(aDraft({ lines: [line({ description: '' })] })).lines).toEqual([
      expect.objectContaining({ description: '–' }),
    ]);
  });

  it('says what cannot be read, at its place', () => {
    const draft = aDraft({
      dueDays: 'soon',
      discount: '200',
      lines: [emptyLine(null), line({ quantity: 'two', price: '1.234', discount: 'x' })],
    });
    expect(unreadable(draft).map(({ path }) => path)).toEqual([
      'lines.1.quantity',
      'lines.1.price',
      'lines.1.discount',
      'discount',
      'dueDays',
    ]);
    expect(unreadable(aDraft())).toEqual([]);
  });

  it('finds the line that the server means, though blank ones were left out', () => {
    expect(fieldAt('lines.1.unitPrice.amount', [0, 2])).toBe('lines.2.price');
    expect(fieldAt('lines.0.quantity', [3])).toBe('lines.3.quantity');
    expect(fieldAt('lines.5.quantity', [0])).toBeUndefined();
    expect(fieldAt('customerId', [])).toBe('customer');
    expect(fieldAt('dueDays', [])).toBe('dueDays');
  });
});

describe('a draft that two people change', () => {
  const base = draftBody(aDraft());

  it('keeps what each of them changed alone', () => {
    const mine = draftBody(aDraft({ notes: 'Thank you' }));
    const theirs = draftBody(aDraft({ dueDays: '30' }));
    expect(merge(base, mine, theirs)).toEqual({ contested: [], mine: ['notes'] });
  });

  it('asks where both changed the same to something else', () => {
    const mine = draftBody(aDraft({ lines: [line({ price: '90' })] }));
    const theirs = draftBody(aDraft({ lines: [line({ price: '95' })] }));
    expect(merge(base, mine, theirs)).toEqual({ contested: ['lines'], mine: [] });
    expect(merge(base, mine, mine)).toEqual({ contested: [], mine: [] });
  });

  it('sends what changed and nothing else; an emptied text is taken away', () => {
    const before = draftBody(aDraft({ notes: 'Old' }));
    expect(draftChange(before, draftBody(aDraft({ dueDays: '7' })))).toEqual({ notes: null, dueDays: 7 });
    expect(draftChange(base, base)).toEqual({});
  });
});

it('rows of a spreadsheet become lines', () => {
  const rows = pastedLines('Tea\t2\t100\r\nSugar\t50\n', 'v');
  expect(rows).toMatchObject([
    { description: 'Tea', quantity: '2', price: '100', taxRateId: 'v' },
    { description: 'Sugar', quantity: '1', price: '50' },
  ]);
  expect(pastedLines('just words', 'v')).toBeNull();
});
