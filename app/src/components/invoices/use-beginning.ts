import { useQuery } from '@tanstack/react-query';
import type { Customer, InvoiceSettings, Settings, TaxRate } from '@/api/schema';
import { useCan } from '@/queries/bootstrap';
import { taxRatesOptions } from '@/queries/catalogue';
import { customerOptions } from '@/queries/customers';
import { invoiceSettingsOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { settingsOptions } from '@/queries/settings';
import { type DraftValues, emptyLine } from './draft-model';

export interface Beginning {
  values: DraftValues;
  taxRates: readonly TaxRate[];
}

/** What a new draft begins with, from the settings; for this customer, if one is named. */
export function useBeginning(customerId: string | undefined) {
  const org = useOrgId();
  const maySeeSettings = useCan('settings_get');
  const settings = useQuery(invoiceSettingsOptions(org));
  const taxRates = useQuery(taxRatesOptions(org));
  const general = useQuery({ ...settingsOptions(org), enabled: maySeeSettings });
  const customer = useQuery({ ...customerOptions(org, customerId ?? ''), enabled: customerId !== undefined });
  const waiting = [
    settings,
    taxRates,
    ...(maySeeSettings ? [general] : []),
    ...(customerId ? [customer] : []),
  ];
  /** The first that is not there yet: a skeleton, or what went wrong. */
  const query = waiting.find(({ data }) => data === undefined) ?? settings;
  const beginning: Beginning | undefined =
    settings.data && taxRates.data
      ? {
          values: firstValues(settings.data, taxRates.data, general.data, customer.data),
          taxRates: taxRates.data,
        }
      : undefined;
  return { query, beginning };
}

function firstValues(
  settings: InvoiceSettings,
  taxRates: readonly TaxRate[],
  general: Settings | undefined,
  customer: Customer | undefined,
): DraftValues {
  const usual = taxRates.find(({ kind, standing }) => kind === 'rated' && standing === 'active')?.id ?? null;
  return {
    customer: customer ? { value: customer.id, label: customer.name } : null,
    // The setting is one of the server's currencies; its own type is the text of a form.
    currency: (general?.currency ?? 'NPR') as DraftValues['currency'],
    dueDays: String(settings.dueDays),
    poNumber: '',
    notes: settings.notes,
    terms: settings.terms,
    discountKind: 'percent',
    discount: '',
    lines: [emptyLine(usual)],
  };
}
