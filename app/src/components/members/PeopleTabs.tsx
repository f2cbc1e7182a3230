import { Link } from '@tanstack/react-router';
import { useHref } from '@/components/layout/use-go';
import { tabListLook, tabLook } from '@/components/ui/tabs';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';

type Tab = 'members' | 'invitations' | 'roles';

/** The three pages about people, each with an address of its own. */
export function PeopleTabs({ current }: { current: Tab }) {
  const t = useT();
  const href = useHref();
  const all: { id: Tab; path: string; label: string; shown: boolean }[] = [
    { id: 'members', path: '/settings/members', label: t('members.title'), shown: useCan('members_list') },
    {
      id: 'invitations',
      path: '/settings/members/invitations',
      label: t('members.invitations'),
      shown: useCan('invitations_list'),
    },
    { id: 'roles', path: '/settings/roles', label: t('roles.title'), shown: useCan('roles_list') },
  ];
  return (
    <nav aria-label={t('members.people')} className={tabListLook}>
      {all
        .filter(({ shown }) => shown)
        .map(({ id, path, label }) => (
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
