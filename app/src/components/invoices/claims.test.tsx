import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FullInvoice, PaymentClaim, PublicInvoice } from '@/api/schema';
import { aBootstrap, showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { ClaimDialog } from './ClaimDialog';
import { ClaimsSection } from './ClaimsSection';
import { PaymentDialog } from './PaymentDialog';

const npr = (amount: number) => ({ amount, currency: 'NPR' as const });
const when = '2026-11-01T04:15:00.000Z';

const claim: PaymentClaim = {
  id: 'cl1',
  invoiceId: 'i1',
  linkId: 'l1',
  amount: npr(150_000),
  paidOn: '2026-11-01',
  reference: 'NIC-4711',
  note: 'The rest follows',
  createdAt: when,
};

const invoice: FullInvoice = {
  id: 'i1',
  number: 'INV-1',
  customerId: 'c1',
  customerName: 'New Road Store',
  currency: 'NPR',
  status: 'issued',
  overdue: false,
  poNumber: '',
  dueDays: 15,
  notes: '',
  terms: '',
  document: {
    lines: [],
    subtotal: npr(0),
    discountTotal: npr(0),
    taxTotal: npr(0),
    taxes: [],
    total: npr(200_000),
  },
  total: npr(200_000),
  amountDue: npr(200_000),
  amountPaid: npr(0),
  amountCredited: npr(0),
  amountRefundable: npr(0),
  amountRefunded: npr(0),
  createdAt: when,
  updatedAt: when,
  version: 4,
};

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('what a customer says that he paid', () => {
  it('is told with its amount, day and reference; a lost answer is asked for again by the same key', async () => {
    const sent: { key: string | null; body: unknown }[] = [];
    server.use(
      http.post(api('/invoice-links/paid'), async ({ request }) => {
        sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
        return sent.length === 1 ? HttpResponse.error() : new HttpResponse(null, { status: 204 });
      }),
    );
    const done = vi.fn();
    const seen: PublicInvoice = { ...invoice, seller: { name: 'Himal Traders' } } as PublicInvoice;
    const { user } = showInside(
      <ClaimDialog invoice={seen} token="secret" onClose={() => undefined} onDone={done} />,
    );
    const dialog = within(await screen.findByRole('dialog', { name: 'I have paid' }));
    expect(dialog.getByLabelText(/^Amount/)).toHaveValue('2000.00');
    await user.clear(dialog.getByLabelText(/^Amount/));
    await user.type(dialog.getByLabelText(/^Amount/), '0');
    await user.click(dialog.getByRole('button', { name: 'Tell the seller' }));
    expect(await dialog.findByText(/Not an amount/)).toBeVisible();
    expect(sent).toEqual([]);
    await user.clear(dialog.getByLabelText(/^Amount/));
    await user.type(dialog.getByLabelText(/^Amount/), '1,500');
    await user.type(dialog.getByLabelText(/^Reference/), ' NIC-4711 ');
    await user.click(dialog.getByRole('button', { name: 'Tell the seller' }));
    await waitFor(() => expect(done).toHaveBeenCalled(), { timeout: 5000 });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]?.body).toMatchObject({ token: 'secret', amount: npr(150_000), reference: 'NIC-4711' });
  });

  it('says why it was not told, and keeps what was typed', async () => {
    server.use(http.post(api('/invoice-links/paid'), () => problem(410, 'link_revoked')));
    const { user } = showInside(
      <ClaimDialog
        invoice={{ ...invoice, seller: { name: 'Himal Traders' } } as PublicInvoice}
        token="secret"
        onClose={() => undefined}
        onDone={() => expect.unreachable()}
      />,
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/^Note/), 'Paid at the counter');
    await user.click(dialog.getByRole('button', { name: 'Tell the seller' }));
    expect(await dialog.findByRole('alert')).toBeVisible();
    expect(dialog.getByLabelText(/^Note/)).toHaveValue('Paid at the counter');
  });

  it('stands at the invoice until nothing is due, and begins the payment', async () => {
    server.use(
      http.get(api('/invoices/i1/claims'), () => HttpResponse.json({ data: [claim], nextCursor: null })),
    );
    const record = vi.fn();
    const { user } = showInside(<ClaimsSection invoice={invoice} onRecord={record} />);
    expect(await screen.findByText('The customer says that Rs. 1,500.00 is paid')).toBeVisible();
    expect(screen.getByText(/NIC-4711/)).toBeVisible();
    expect(screen.getByText('The rest follows')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Record payment' }));
    expect(record).toHaveBeenCalledWith(claim);
  });

  it('nobody is offered what he may not do, and a paid invoice asks for nothing', async () => {
    let asked = 0;
    server.use(
      http.get(api('/invoices/i1/claims'), () => {
        asked += 1;
        return HttpResponse.json({ data: [claim], nextCursor: null });
      }),
    );
    const paid = { ...invoice, id: 'i1', amountDue: npr(0) };
    showInside(
      <>
        <section aria-label="open">
          <ClaimsSection invoice={invoice} onRecord={undefined} />
        </section>
        <section aria-label="paid">
          <ClaimsSection invoice={paid} onRecord={() => undefined} />
        </section>
      </>,
      aBootstrap(),
    );
    expect(await screen.findByText(/says that/)).toBeVisible();
    expect(asked).toBe(1);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'paid' })).toBeEmptyDOMElement();
  });

  it('fills the payment, but never with more than is due', async () => {
    showInside(
      <PaymentDialog
        invoice={invoice}
        kind="payment"
        claim={{ ...claim, amount: npr(999_999) }}
        onClose={() => undefined}
      />,
    );
    const dialog = within(await screen.findByRole('dialog', { name: 'Record a payment' }));
    expect(dialog.getByLabelText(/^Amount/)).toHaveValue('2000.00');
    expect(dialog.getByLabelText(/^Reference/)).toHaveValue('NIC-4711');
  });
});
