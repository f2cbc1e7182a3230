import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { InvoiceSettingsForm } from '@/components/invoices/InvoiceSettingsForm';
import { SellerFacts } from '@/components/invoices/SellerFacts';
import { TaxRatesSection } from '@/components/invoices/TaxRatesSection';
import { useHref } from '@/components/layout/use-go';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { SettingsSection } from '@/components/settings/Section';
import { Link as TextLink } from '@/components/ui/link';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { taxRatesOptions } from '@/queries/catalogue';
import { invoiceSettingsOptions } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { organizationOptions } from '@/queries/organizations';

/** How the organization writes its invoices. */
export function InvoiceSettingsPage() {
  const t = useT();
  const org = useOrgId();
  const settings = useQuery(invoiceSettingsOptions(org));
  const taxRates = useQuery(taxRatesOptions(org));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 *:max-w-240 sm:p-6">
      <PageHeader title={t('nav.invoiceSettings')} description={t('invoices.settingsAbout')} />
      <QueryStates query={settings} skeleton={<Skeleton className="h-72" />}>
        {settings.data && <InvoiceSettingsForm key={org} settings={settings.data} />}
      </QueryStates>
      <SettingsSection title={t('invoices.taxRates')} about={t('invoices.taxRatesAbout')}>
        <QueryStates query={taxRates} skeleton={<SkeletonRows rows={3} />}>
          <TaxRatesSection taxRates={taxRates.data ?? []} />
        </QueryStates>
      </SettingsSection>
      <Seller />
    </div>
  );
}

/** Who stands on top of every paper: the organization as its profile says. */
function Seller() {
  const t = useT();
  const href = useHref();
  const maySee = useCan('organization_get');
  const organization = useQuery({ ...organizationOptions(useOrgId()), enabled: maySee });
  if (!maySee) return null;
  return (
    <SettingsSection title={t('invoices.seller')} about={t('invoices.sellerAbout')}>
      <QueryStates query={organization} skeleton={<Skeleton className="h-24" />}>
        {organization.data && <SellerFacts organization={organization.data} />}
      </QueryStates>
      <p className="pt-3 text-dense">
        <TextLink asChild>
          <Link to={href({ path: '/settings/organization' })}>{t('invoices.sellerChange')}</Link>
        </TextLink>
      </p>
    </SettingsSection>
  );
}
