import type { Organization } from '@/api/schema';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { useT } from '@/i18n/i18n';

/** The organization as it stands on its papers; what a tax office would miss is said. */
export function SellerFacts({ organization }: { organization: Organization }) {
  const t = useT();
  const { name, legalName, taxId, address, phone, email } = organization;
  const missing = <span className="text-muted">{t('invoices.sellerMissing')}</span>;
  return (
    <PropertyList
      items={[
        { id: 'name', label: t('invoices.name'), value: legalName ?? name },
        {
          id: 'taxId',
          label: t('invoices.taxIdShort'),
          value: taxId ? (
            <span className="num">{taxId}</span>
          ) : (
            <span className="text-warning">{t('invoices.sellerTaxIdMissing')}</span>
          ),
        },
        {
          id: 'address',
          label: t('invoices.address'),
          value: address ? <span className="whitespace-pre-line py-1.5">{address}</span> : missing,
        },
        { id: 'phone', label: t('invoices.phone'), value: phone ?? missing },
        { id: 'email', label: t('invoices.email'), value: email ?? missing },
      ]}
    />
  );
}
