import { Link } from '@tanstack/react-router';
import { useHref } from '@/components/layout/use-go';
import { tabListLook, tabLook } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';

type Tab = 'invoices' | 'recurring' | 'customers' | 'catalogue' | 'ageing';

/** The pages about invoices, each with an address of its own. */
export function InvoiceTabs({ current }: { current: Tab }) {
  const t = useT();
  const href = useHref();
  const all: { id: Tab; path: string; label: string }[] = [
    { id: 'invoices', path: '/invoices', label: t('nav.invoices') },
    { id: 'recurring', path: '/invoices/recurring', label: t('invoices.recurring') },
    { id: 'customers', path: '/invoices/customers', label: t('invoices.customers') },
    { id: 'catalogue', path: '/invoices/catalogue', label: t('invoices.catalogue') },
    { id: 'ageing', path: '/invoices/ageing', label: t('invoices.ageing') },
  ];
  return (
    <nav aria-label={t('nav.invoices')} className={`${tabListLook} print:hidden`}>
      {all.map(({ id, path, label }) => (
        <Link
          key={id}
          to={href({ path })}
          activeOptions={{ exact: true }}
          data-state={id === current ? 'active' : undefined}
          aria-current={id === current ? 'page' : undefined}
          className={tabLook}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
