import type { Body, Ok } from '@/api/types';
import type { Person } from './people';

/** Invoices of an organization at work: ids, and the address that a customer was sent. */
export interface Papers {
  customer: string;
  draft: string;
  issued: string;
  /** One that recurs. */
  schedule: string;
  link: string;
}

const npr = (amount: number) => ({ amount, currency: 'NPR' }) as const;

export async function papers(seller: Person): Promise<Papers> {
  const rates = await seller.get<Ok<'tax_rates_list'>>('/tax-rates');
  const vat = rates.data.find(({ kind }) => kind === 'rated');
  if (!vat) throw new Error('no rate of the value added tax');
  const customer = await seller.send<Ok<'customers_create'>>('POST', '/customers', {
    name: 'New Road Store Pvt. Ltd.',
    email: 'accounts@newroadstore.example',
    taxId: '601234567',
    address: 'New Road 22\nKathmandu',
  } satisfies Body<'customers_create'>);
  const item: Body<'catalogue_items_create'> = {
    name: 'CTC tea',
    unitPrice: npr(275_000),
    taxRateId: vat.id,
  };
  await seller.send('POST', '/catalogue-items', item);
  const write = () =>
    seller.send<Ok<'invoices_create'>>('POST', '/invoices', {
      customerId: customer.id,
      currency: 'NPR',
      notes: 'Thank you for your order.',
      terms: 'Please pay to the account at Nabil Bank.',
      discount: { basisPoints: 500 },
      lines: [
        { description: 'Orthodox tea', quantity: '2.500', unitPrice: npr(185_000), taxRateId: vat.id },
        {
          description: 'Delivery inside of the valley, up to the door of the shop',
          quantity: '1',
          unitPrice: npr(50_000),
          discount: { basisPoints: 1000 },
        },
      ],
    } satisfies Body<'invoices_create'>);
  const [draft, other] = [await write(), await write()];
  await seller.send('POST', `/invoices/${other.id}/issue`, undefined, other.version);
  const payment: Body<'invoice_payments_create'> = {
    amount: npr(100_000),
    method: 'esewa',
    reference: 'ES-1',
  };
  await seller.send('POST', `/invoices/${other.id}/payments`, payment);
  const { url } = await seller.send<Ok<'invoice_links_create'>>('POST', `/invoices/${other.id}/public-links`);
  const link = new URL(url);
  const recurring: Body<'invoice_schedules_create'> = {
    customerId: customer.id,
    currency: 'NPR',
    lines: [
      { description: 'Rent of the depot', quantity: '1', unitPrice: npr(2_500_000), taxRateId: vat.id },
    ],
    // Not today: nothing is to be made while a story looks at the invoices.
    startOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    period: 'month',
    every: 1,
    calendar: 'bs',
  };
  const schedule = await seller.send<Ok<'invoice_schedules_create'>>('POST', '/invoice-schedules', recurring);
  return {
    customer: customer.id,
    draft: draft.id,
    issued: other.id,
    schedule: schedule.id,
    link: `${link.pathname}${link.hash}`,
  };
}
