import { useState } from 'react';
import type { FullInvoice, InvoiceLine, WriteInvoiceLine } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { faultTexts } from '@/lib/problem-text';
import { amountText, parseAmount, parseQuantity, quantityText } from '@/lib/typed-money';
import { useWriteCreditNote } from '@/queries/invoiceMoney';
import { usePreview } from './use-preview';

/** A line to take back, as it is typed. */
interface CreditLine {
  line: InvoiceLine;
  taken: boolean;
  quantity: string;
  price: string;
}

/**
 * Lines at what they came to: a share of the discount on the whole belongs to each, so the price to take back begins
 * with the whole line, once.
 */
const beginning = (line: InvoiceLine): CreditLine => {
  const whole = line.net.amount !== line.amount.amount || Boolean(line.discount);
  return {
    line,
    taken: false,
    quantity: whole ? '1' : quantityText(line.quantity),
    price: amountText(whole ? line.net.amount : line.unitPrice.amount, line.unitPrice.currency),
  };
};

function onTheWire({ line, quantity, price }: CreditLine): WriteInvoiceLine {
  const { currency } = line.unitPrice;
  return {
    description: line.description,
    quantity: parseQuantity(quantity) ?? quantity,
    unitPrice: { amount: parseAmount(price, currency) ?? 0, currency },
    ...(line.taxRateId && { taxRateId: line.taxRateId }),
    ...(line.itemId && { itemId: line.itemId }),
  };
}

/** All that is not yet credited, or some of the lines. Final as the invoice itself. */
export function CreditDialog({ invoice, onClose }: { invoice: FullInvoice; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      sticky
      size="lg"
      onOpenChange={onClose}
      title={t('invoices.creditTitle')}
      description={t('invoices.creditAbout')}
    >
      <CreditForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function CreditForm({ invoice, onClose }: { invoice: FullInvoice; onClose: () => void }) {
  const t = useT();
  const write = useWriteCreditNote();
  const [extent, setExtent] = useState<'all' | 'lines'>('all');
  const [reason, setReason] = useState('');
  const [lines, setLines] = useState(() => invoice.document.lines.map(beginning));
  const [tried, setTried] = useState(false);
  const taken = lines.filter((one) => one.taken);
  const readable = taken.every(
    ({ line, quantity, price }) =>
      parseQuantity(quantity) !== null && parseAmount(price, line.unitPrice.currency) !== null,
  );
  const faults = faultTexts(t, write.error);
  const noLines = extent === 'lines' && taken.length === 0;
  const send = () => {
    setTried(true);
    if (reason.trim() === '' || noLines || !readable) return;
    write.mutate(
      {
        id: invoice.id,
        reason: reason.trim(),
        ...(extent === 'lines' && { lines: taken.map(onTheWire) }),
      },
      {
        onSuccess: ({ number }) => {
          toast({ title: t('invoices.creditIssued', { number }), tone: 'success' });
          onClose();
        },
      },
    );
  };
  const change = (place: number, next: Partial<CreditLine>) =>
    setLines((before) => before.map((one, at) => (at === place ? { ...one, ...next } : one)));
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Segmented
        label={t('invoices.creditExtent')}
        className="self-start"
        value={extent}
        onValueChange={setExtent}
        options={[
          { value: 'all', label: t('invoices.creditAll') },
          { value: 'lines', label: t('invoices.creditLines') },
        ]}
      />
      {extent === 'all' ? (
        <p className="text-dense text-muted">{t('invoices.creditAllText')}</p>
      ) : (
        <>
          <ul className="divide-y divide-line border-line border-y">
            {lines.map((one, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a document have no other name than their place
              <CreditRow key={place} value={one} onChange={(next) => change(place, next)} />
            ))}
          </ul>
          {tried && noLines && (
            <p role="alert" className="text-danger text-meta">
              {t('invoices.creditNoLines')}
            </p>
          )}
          <CreditTotal invoice={invoice} lines={readable ? taken : []} />
        </>
      )}
      <Field
        label={t('invoices.reason')}
        error={faults.reason ?? (tried && reason.trim() === '' ? t('invoices.reasonNeeded') : undefined)}
      >
        <Textarea
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      {write.error && !faults.reason && (
        <Callout alert tone="danger">
          {Object.values(faults)[0] ?? dialogProblem(t, write.error)}
        </Callout>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={write.isPending}>
          {t('invoices.creditIssue')}
        </Button>
      </div>
    </form>
  );
}

function CreditRow({
  value,
  onChange,
}: {
  value: CreditLine;
  onChange: (next: Partial<CreditLine>) => void;
}) {
  const t = useT();
  const format = useFormat();
  const { line, taken, quantity, price } = value;
  const { currency } = line.unitPrice;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 py-2">
      <div className="min-w-0 flex-1 basis-56 pt-1">
        <Checkbox
          checked={taken}
          onCheckedChange={(next) => onChange({ taken: next })}
          label={line.description}
          hint={t('invoices.lineNet', { shown: format.money(line.net) })}
        />
      </div>
      {taken && (
        <div className="flex gap-2">
          <Field
            className="w-20"
            label={t('invoices.quantity')}
            error={parseQuantity(quantity) === null ? t('invoices.quantityWrong') : undefined}
          >
            <Input
              inputMode="decimal"
              className="num text-right"
              value={quantity}
              onChange={(event) => onChange({ quantity: event.currentTarget.value })}
            />
          </Field>
          <Field
            className="w-32"
            label={t('invoices.price')}
            error={parseAmount(price, currency) === null ? t('invoices.priceWrong') : undefined}
          >
            <Input
              inputMode="decimal"
              className="num text-right"
              value={price}
              onChange={(event) => onChange({ price: event.currentTarget.value })}
            />
          </Field>
        </div>
      )}
    </li>
  );
}

/** What the lines come to with their taxes, from the server. */
function CreditTotal({ invoice, lines }: { invoice: FullInvoice; lines: readonly CreditLine[] }) {
  const t = useT();
  const format = useFormat();
  const preview = usePreview({
    customer: null,
    // The server's own word for it: one of its list.
    currency: invoice.currency as Parameters<typeof usePreview>[0]['currency'],
    dueDays: '0',
    poNumber: '',
    notes: '',
    terms: '',
    discountKind: 'percent',
    discount: '',
    lines: lines.map(({ line, quantity, price }) => ({
      itemId: line.itemId ?? null,
      description: line.description,
      quantity,
      price,
      discountKind: 'percent',
      discount: '',
      taxRateId: line.taxRateId ?? null,
    })),
  });
  return (
    <p className={`num text-right font-semibold text-body ${preview.stale ? 'opacity-60' : ''}`}>
      {t('invoices.creditTotal', {
        shown: preview.document ? format.money(preview.document.total) : '–',
      })}
    </p>
  );
}
