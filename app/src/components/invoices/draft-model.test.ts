import { describe, expect, it } from 'vitest';
import {
  type DraftValues,
  draftBody,
  draftChange,
  emptyLine,
  merge,
  pastedLines,
  previewBody,
  unreadable,
  wireLines,
} from './draft-model';
import { fieldAt, lineAmounts, placesNow } from './draft-places';

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

  it('says the same however a number is typed: what was saved is not changed by how it looks', () => {
    const stored = aDraft({ lines: [line({ quantity: '2.5', price: '100.00' })] });
    const typed = aDraft({
      discount: '0.00',
      lines: [line({ quantity: '02.50', price: '१००', discountKind: 'amount', discount: '0' })],
    });
    expect(draftChange(draftBody(stored), draftBody(typed))).toEqual({});
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

describe('figures beside lines that were changed meanwhile', () => {
  const npr = (amount: number) => ({ amount, currency: 'NPR' as const });
  const tea = line({ quantity: '2', price: '100' });
  const salt = line({ description: 'Salt', quantity: '3', price: '25', discount: '10' });
  const before = aDraft({ lines: [tea, salt] });
  const document = {
    lines: wireLines(before).lines.map((sent, index) => ({
      ...sent,
      quantity: `${sent.quantity}.000`,
      discount: sent.discount ?? null,
      taxKind: 'rated' as const,
      taxBasisPoints: 1300,
      amount: npr([20_000, 6750][index] ?? 0),
      net: npr(0),
      tax: npr(0),
      total: npr(0),
    })),
    subtotal: npr(0),
    discountTotal: npr(0),
    taxTotal: npr(0),
    taxes: [],
    total: npr(0),
  };

  it('go with their line, and one that was changed has none yet', () => {
    expect([...lineAmounts(document, before)]).toEqual([
      [0, npr(20_000)],
      [1, npr(6750)],
    ]);
    const moved = aDraft({ lines: [emptyLine(null), salt, tea] });
    expect([...lineAmounts(document, moved)]).toEqual([
      [1, npr(6750)],
      [2, npr(20_000)],
    ]);
    const changed = aDraft({
      lines: [
        { ...tea, price: '110' },
        { ...salt, description: 'Fine salt' },
      ],
    });
    expect([...lineAmounts(document, changed)]).toEqual([[1, npr(6750)]]);
    const dearer = aDraft({ currency: 'USD', lines: [tea, salt] });
    expect(lineAmounts(document, dearer).size).toBe(0);
    expect(lineAmounts(undefined, before).size).toBe(0);
  });

  it('what was said of a line goes with it too', () => {
    const asked = previewBody(aDraft({ lines: [tea, salt, tea] })).lines;
    expect(placesNow(asked, aDraft({ lines: [salt, tea, emptyLine(null), tea] }))).toEqual([1, 0, 3]);
    expect(placesNow(asked, aDraft({ lines: [{ ...tea, price: '1' }, salt] }))).toEqual([
      undefined,
      1,
      undefined,
    ]);
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
