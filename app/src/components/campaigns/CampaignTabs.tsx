import { Link } from '@tanstack/react-router';
import { useHref } from '@/components/layout/use-go';
import { tabListLook, tabLook } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';

type Tab = 'campaigns' | 'lists' | 'suppressions';

/** The pages about campaigns, each with an address of its own. */
export function CampaignTabs({ current }: { current: Tab }) {
  const t = useT();
  const href = useHref();
  const all: { id: Tab; path: string; label: string }[] = [
    { id: 'campaigns', path: '/campaigns', label: t('nav.campaigns') },
    { id: 'lists', path: '/campaigns/lists', label: t('campaigns.lists') },
    { id: 'suppressions', path: '/campaigns/suppressions', label: t('campaigns.suppressions') },
  ];
  return (
    <nav aria-label={t('nav.campaigns')} className={tabListLook}>
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
