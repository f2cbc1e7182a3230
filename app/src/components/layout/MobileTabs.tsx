import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Bootstrap } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import { visible } from '@/nav';
import { NavCount } from './NavCount';
import { Sidebar, useEntry } from './Sidebar';
import { useHref } from './use-go';

const Sheet = lazy(() => import('@/components/ui/sheet').then((m) => ({ default: m.Sheet })));

const tab =
  'focus-inset flex min-h-12 flex-1 flex-col items-center justify-center gap-0.5 text-meta [&_svg]:size-5';

/** At most four places and "More", each at least 44 px. */
export function MobileTabs({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const href = useHref();
  const current = useEntry();
  const [more, setMore] = useState<string>();
  const tabs = visible(boot.scopes, boot.apps)
    .filter((entry) => entry.tab)
    .slice(0, 4);
  const elsewhere = current !== undefined && !tabs.some(({ id }) => id === current.id);
  // Going somewhere closes the sheet: it stands open only at the place where it was opened.
  const place = current?.id ?? '';
  return (
    <nav
      aria-label={t('shell.tabs')}
      className="flex shrink-0 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      {tabs.map((entry) => {
        const here = entry.id === current?.id;
        const Icon = entry.icon;
        return (
          <Link
            key={entry.id}
            to={href(entry)}
            aria-current={here ? 'page' : undefined}
            className={clsx(tab, here ? 'font-medium text-accent-text' : 'text-muted')}
          >
            <span className="relative">
              <Icon aria-hidden="true" />
              {entry.count && <NavCount kind={entry.count} look="badge" />}
            </span>
            {t(entry.label)}
          </Link>
        );
      })}
      <button
        type="button"
        className={clsx(tab, elsewhere ? 'font-medium text-accent-text' : 'text-muted')}
        aria-haspopup="dialog"
        onClick={() => setMore(place)}
      >
        <Ellipsis aria-hidden="true" />
        {t('shell.more')}
      </button>
      <Suspense>
        {more !== undefined && more === place && (
          <Sheet
            open
            onOpenChange={() => setMore(undefined)}
            title={boot.organization.name}
            hideTitle
            side="left"
          >
            <div className="-m-2 h-[calc(100%+16px)]">
              <Sidebar boot={boot} />
            </div>
          </Sheet>
        )}
      </Suspense>
    </nav>
  );
}
