import { useQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { delay } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FullInvoice, InvoiceDocument, TaxRate, WriteInvoiceLine } from '@/api/schema';
import { invoiceOptions } from '@/queries/invoices';
import { ORG } from '@/test/factories';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { DraftEditor } from './DraftEditor';

const customerDialog = vi.hoisted(() => ({ missing: false }));
vi.mock('./CustomerDialog', async (original) => {
  const found = await original<typeof import('./CustomerDialog')>();
  return {
    get CustomerDialog() {
      if (customerDialog.missing) throw new TypeError('Failed to fetch dynamically imported module');
      return found.CustomerDialog;
    },
  };
});

const npr = (amount: number) => ({ amount, currency: 'NPR' as const });
const when = '2026-11-01T00:00:00.000Z';

const vat: TaxRate = {
  id: 'vat',
  name: 'VAT 13 %',
  kind: 'rated',
  basisPoints: 1300,
  standing: 'active',
  version: 1,
  createdAt: when,
  updatedAt: when,
};

/** As the server would answer; its figures are its own. */
function aDocument(lines: readonly WriteInvoiceLine[], total: number): InvoiceDocument {
  return {
    lines: lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      taxKind: 'rated',
      taxBasisPoints: 1300,
      taxRateId: line.taxRateId ?? null,
      amount: npr(total),
      net: npr(total),
      tax: npr(0),
      total: npr(total),
    })),
    subtotal: npr(total),
    discountTotal: npr(0),
    taxTotal: npr(0),
    taxes: [],
    total: npr(total),
  };
}

const tea: WriteInvoiceLine = {
  description: 'Tea',
  quantity: '2.000',
  unitPrice: npr(10_000),
  taxRateId: 'vat',
};

function aDraft(more: Partial<FullInvoice> = {}): FullInvoice {
  return {
    id: 'i1',
    customerId: 'c1',
    customerName: 'New Road Store',
    currency: 'NPR',
    status: 'draft',
    overdue: false,
    poNumber: '',
    dueDays: 15,
    notes: '',
    terms: '',
    document: aDocument([tea], 20_000),
    total: npr(20_000),
    amountDue: npr(0),
    amountPaid: npr(0),
    amountCredited: npr(0),
    amountRefundable: npr(0),
    amountRefunded: npr(0),
    createdAt: when,
    updatedAt: when,
    version: 3,
    ...more,
  };
}

let stored: FullInvoice;
let asked: WriteInvoiceLine[][];

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  stored = aDraft();
  asked = [];
  server.use(
    http.get(api('/invoices/i1'), () => HttpResponse.json(stored)),
    http.post(api('/invoices/preview'), async ({ request }) => {
      const { lines } = (await request.json()) as { lines: WriteInvoiceLine[] };
      asked.push(lines);
      return HttpResponse.json(aDocument(lines, asked.length * 1_111_100));
    }),
    http.patch(api('/invoices/i1'), async ({ request }) => {
      if (request.headers.get('If-Match') !== `"${stored.version}"`) return problem(412, 'version_stale');
      stored = { ...stored, ...((await request.json()) as object), version: stored.version + 1 };
      return HttpResponse.json(stored);
    }),
    http.get(api('/invoices'), () => HttpResponse.json({ data: [], nextCursor: null })),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page() {
  const { data } = useQuery(invoiceOptions(ORG, 'i1'));
  return data && <DraftEditor invoice={data} taxRates={[vat]} asking={false} onAsked={() => undefined} />;
}

const line = async (place: number) => within(await screen.findByRole('group', { name: `Line ${place}` }));

describe('the editor of a draft', () => {
  it('shows the totals of the server for what was typed last', async () => {
    const { user } = showInside(<Page />);
    const first = await line(1);
    await waitFor(() => expect(asked).toHaveLength(1));
    // An answer that is late is an answer to what nobody asks any more.
    server.use(
      http.post(
        api('/invoices/preview'),
        async ({ request }) => {
          const { lines } = (await request.json()) as { lines: WriteInvoiceLine[] };
          asked.push(lines);
          await delay(900);
          return HttpResponse.json(aDocument(lines, 9_999_900));
        },
        { once: true },
      ),
    );
    const price = first.getByLabelText('Price');
    await user.clear(price);
    await user.type(price, '50');
    await waitFor(() => expect(asked.length).toBeGreaterThan(1), { timeout: 3000 });
    await user.type(price, '0');
    await waitFor(() => expect(asked.at(-1)?.[0]?.unitPrice).toEqual(npr(50_000)), { timeout: 3000 });
    const latest = `Rs. ${asked.length}${asked.length},${`${asked.length}`.repeat(3)}.00`;
    await waitFor(() => expect(screen.getAllByText(latest).length).toBeGreaterThan(0));
    await delay(1000);
    expect(screen.queryByText('Rs. 99,999.00')).not.toBeInTheDocument();
    expect(screen.getAllByText(latest).length).toBeGreaterThan(0);
  });

  it('says at its line what the server refuses, and asks nothing where a number cannot be read', async () => {
    const { user } = showInside(<Page />);
    const first = await line(1);
    await waitFor(() => expect(asked).toHaveLength(1));
    await user.clear(first.getByLabelText('Quantity'));
    await user.type(first.getByLabelText('Quantity'), 'two');
    expect(await first.findByText(/Not a quantity/)).toBeVisible();
    server.use(
      http.post(api('/invoices/preview'), () =>
        problem(422, 'invalid_input', {
          errors: [{ pointer: '#/lines/0/quantity', code: 'unheard_of', detail: 'is far too much' }],
        }),
      ),
    );
    await user.clear(first.getByLabelText('Quantity'));
    await user.type(first.getByLabelText('Quantity'), '999999999');
    expect(await first.findByText('is far too much', undefined, { timeout: 3000 })).toBeVisible();
    expect(asked).toHaveLength(1);
  });

  it('begins the next line with Enter, and takes rows of a spreadsheet', async () => {
    const { user } = showInside(<Page />);
    const first = await line(1);
    await user.type(first.getByLabelText('Price'), '{Enter}');
    const second = await line(2);
    await waitFor(() => expect(second.getByLabelText('Description')).toHaveFocus());
    await user.paste('Sugar\t3\t90\nSalt\t1\t25');
    await waitFor(async () => expect((await line(3)).getByLabelText('Description')).toHaveValue('Salt'));
    expect((await line(2)).getByLabelText('Quantity')).toHaveValue('3');
  });

  it('saves over the version it was filled from; what both changed is asked about', async () => {
    const { user } = showInside(<Page />);
    await line(1);
    await user.type(screen.getByLabelText(/^Message/), 'Mine');
    // Somebody else was quicker, with another field and the same one.
    stored = { ...stored, notes: 'Theirs', terms: 'Cash only', version: 4 };
    await user.keyboard('{Enter}');
    const form = screen.getByLabelText(/^Message/).closest('form');
    form?.requestSubmit();
    const bar = await screen.findByRole('alert');
    expect(bar).toHaveTextContent('Message');
    expect(stored.notes).toBe('Theirs');
    await user.click(within(bar).getAllByRole('button').at(-1) as HTMLElement);
    await waitFor(() => expect(screen.getByLabelText(/^Terms/)).toHaveValue('Cash only'));
    form?.requestSubmit();
    await waitFor(() => expect(stored.notes).toContain('Mine'));
    expect(stored.terms).toBe('Cash only');
  });

  it('keeps what is typed while a save meets a newer version', async () => {
    const { user } = showInside(<Page />);
    await line(1);
    const message = screen.getByLabelText(/^Message/);
    await user.type(message, 'Mine');
    stored = { ...stored, terms: 'Cash only', version: 4 };
    let tries = 0;
    let refuse = (): void => undefined;
    const refused = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    server.use(
      http.patch(
        api('/invoices/i1'),
        async () => {
          tries += 1;
          await refused;
          return problem(412, 'version_stale');
        },
        { once: true },
      ),
    );
    message.closest('form')?.requestSubmit();
    await waitFor(() => expect(tries).toBe(1));
    await user.type(screen.getByLabelText(/^Purchase order/), 'PO-7');
    await user.type(message, ' and more');
    refuse();
    await waitFor(() => expect(stored.version).toBe(5));
    expect(stored).toMatchObject({ notes: 'Mine', terms: 'Cash only', poNumber: '' });
    expect(screen.getByLabelText(/^Purchase order/)).toHaveValue('PO-7');
    expect(screen.getByLabelText(/^Message/)).toHaveValue('Mine and more');
    expect(screen.getByLabelText(/^Terms/)).toHaveValue('Cash only');
    screen
      .getByLabelText(/^Terms/)
      .closest('form')
      ?.requestSubmit();
    await waitFor(() => expect(stored).toMatchObject({ notes: 'Mine and more', poNumber: 'PO-7' }));
  });

  it('shows each line its own amount, or none, while the figures are on their way', async () => {
    stored = aDraft({
      document: aDocument([tea, { ...tea, description: 'Salt', unitPrice: npr(2500) }], 20_000),
    });
    const answers = new Map([
      [10_000, 20_000],
      [2500, 5000],
      [7500, 15_000],
    ]);
    let held: Promise<void> = Promise.resolve();
    let release = (): void => undefined;
    server.use(
      http.post(api('/invoices/preview'), async ({ request }) => {
        const { lines } = (await request.json()) as { lines: WriteInvoiceLine[] };
        await held;
        const document = aDocument(lines, 0);
        const amounts = lines.map(({ unitPrice }) => npr(answers.get(unitPrice.amount) ?? 1));
        return HttpResponse.json({
          ...document,
          lines: document.lines.map((one, index) => ({ ...one, amount: amounts[index] ?? one.amount })),
        });
      }),
    );
    const { user } = showInside(<Page />);
    const amount = async (place: number) => (await line(place)).getByLabelText('Amount');
    await waitFor(async () => expect(await amount(2)).toHaveTextContent('Rs. 50.00'));
    held = new Promise((resolve) => {
      release = resolve;
    });
    await user.click((await line(1)).getByRole('button', { name: 'Line 1: actions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove line' }));
    expect(await amount(1)).toHaveTextContent('Rs. 50.00');
    const price = (await line(1)).getByLabelText('Price');
    await user.clear(price);
    await user.type(price, '75');
    expect(await amount(1)).toHaveAttribute('aria-busy', 'true');
    release();
    await waitFor(async () => expect(await amount(1)).toHaveTextContent('Rs. 150.00'), { timeout: 3000 });
    expect(await amount(1)).toHaveAttribute('aria-busy', 'false');
  });

  it('a dialog that cannot be fetched leaves the draft as it is, and is asked for again', async () => {
    customerDialog.missing = true;
    const { user } = showInside(<Page />);
    await line(1);
    await user.type(screen.getByLabelText(/^Message/), 'Mine');
    await user.click(screen.getByRole('button', { name: 'New' }));
    expect(await screen.findByText(/could not be fetched/)).toBeVisible();
    expect(screen.getByLabelText(/^Message/)).toHaveValue('Mine');
    customerDialog.missing = false;
    await user.click(screen.getByRole('button', { name: 'New' }));
    expect(await screen.findByRole('dialog', { name: 'New customer' })).toBeVisible();
  });
});
