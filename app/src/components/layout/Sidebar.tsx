import { Link, useLocation } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { ArrowLeft, Search, Settings } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Bootstrap } from '@/api/schema';
import { Kbd } from '@/components/ui/kbd';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { entryAt, isSettings, type NavEntry, type NavSection, visible } from '@/nav';
import { usePrompts } from '@/stores/prompts';
import { NavCount } from './NavCount';
import { OrgButton, UserButton } from './SidebarButtons';
import { useHref } from './use-go';

// The first paint needs the buttons, not yet what they open.
const OrgSwitcher = lazy(() => import('./OrgSwitcher').then((m) => ({ default: m.OrgSwitcher })));
const UserMenu = lazy(() => import('./UserMenu').then((m) => ({ default: m.UserMenu })));

const row =
  'focus-inset flex h-control items-center gap-2 rounded-control px-2 text-dense text-muted transition-colors duration-120 hover:bg-hover hover:text-text [&_svg]:size-4 [&_svg]:shrink-0';

/** The entry of the page one is on. */
export function useEntry(): NavEntry | undefined {
  const path = useLocation({ select: ({ pathname }) => pathname });
  return entryAt(path.replace(/^\/o\/[^/]+/, '') || '/');
}

export function Sidebar({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const current = useEntry();
  const shown = visible(boot.scopes, boot.apps);
  const inSettings = current !== undefined && isSettings(current);
  return (
    <div className="flex h-full flex-col gap-1 p-2">
      <Suspense fallback={<OrgButton boot={boot} />}>
        <OrgSwitcher boot={boot} />
      </Suspense>
      <button
        type="button"
        className={clsx(row, 'w-full')}
        onClick={() => usePrompts.setState({ palette: true })}
      >
        <Search aria-hidden="true" />
        <span className="flex-1 text-left">{t('shell.search')}</span>
        <span className="max-md:hidden">
          <Kbd keys={shownKeys('mod+k')} />
        </span>
      </button>
      <nav
        aria-label={t('shell.navigation')}
        className="-mx-2 flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-2 py-2"
      >
        {inSettings ? (
          <SettingsNav shown={shown} current={current} />
        ) : (
          <WorkNav shown={shown} current={current} />
        )}
      </nav>
      <Suspense fallback={<UserButton boot={boot} />}>
        <UserMenu boot={boot} />
      </Suspense>
    </div>
  );
}

interface NavProps {
  shown: NavEntry[];
  current: NavEntry | undefined;
}

function WorkNav({ shown, current }: NavProps) {
  const t = useT();
  const href = useHref();
  const settings = shown.find(isSettings);
  return (
    <>
      <NavGroup entries={inSection(shown, 'main')} current={current} />
      <NavGroup title={t('shell.work')} entries={inSection(shown, 'work')} current={current} />
      {settings && (
        <Link to={href(settings)} className={clsx(row, 'mt-auto')}>
          <Settings aria-hidden="true" />
          {t('shell.settings')}
        </Link>
      )}
    </>
  );
}

function SettingsNav({ shown, current }: NavProps) {
  const t = useT();
  const href = useHref();
  const back = shown.find((entry) => !isSettings(entry));
  return (
    <>
      {back && (
        <Link to={href(back)} className={row}>
          <ArrowLeft aria-hidden="true" />
          {t('shell.backToWork')}
        </Link>
      )}
      <NavGroup title={t('shell.you')} entries={inSection(shown, 'you')} current={current} />
      <NavGroup
        title={t('shell.organization')}
        entries={inSection(shown, 'organization')}
        current={current}
      />
    </>
  );
}

const inSection = (entries: NavEntry[], section: NavSection) =>
  entries.filter((entry) => entry.section === section);

function NavGroup({
  title,
  entries,
  current,
}: {
  title?: string;
  entries: NavEntry[];
  current: NavEntry | undefined;
}) {
  const t = useT();
  const href = useHref();
  if (entries.length === 0) return null;
  return (
    <div>
      {title && <h2 className="px-2 pb-1 font-medium text-meta text-muted">{title}</h2>}
      <ul className="flex flex-col gap-px">
        {entries.map((entry) => {
          const here = entry.id === current?.id;
          const Icon = entry.icon;
          return (
            <li key={entry.id}>
              <Link
                to={href(entry)}
                aria-current={here ? 'page' : undefined}
                className={clsx(row, here && 'bg-hover font-medium text-text')}
              >
                <Icon aria-hidden="true" />
                <span className="min-w-0 flex-1 truncate">{t(entry.label)}</span>
                {entry.count && <NavCount kind={entry.count} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
