import { Link, useLocation } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import type { Bootstrap } from '@/api/schema';
import { IconButton } from '@/components/ui/icon-button';
import { useT } from '@/i18n/i18n';
import { isSettings } from '@/nav';
import { usePrompts } from '@/stores/prompts';
import { OrgMark } from './OrgMark';
import { useEntry } from './Sidebar';
import { useHref } from './use-go';

/** A place in the bar that pages fill. */
class Slot {
  element: HTMLElement | null = null;
  private readonly listeners = new Set<() => void>();

  readonly place = (element: HTMLElement | null): void => {
    this.element = element;
    for (const listener of this.listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

const [acts, crumbs] = [new Slot(), new Slot()];

function Into({ slot, children }: { slot: Slot; children: ReactNode }) {
  const element = useSyncExternalStore(slot.subscribe, () => slot.element);
  return element ? createPortal(children, element) : null;
}

/** View tabs and actions that a page wants to have in the bar: `<InTopBar><Button .../></InTopBar>`. */
export function InTopBar({ children }: { children: ReactNode }) {
  return <Into slot={acts}>{children}</Into>;
}

/** The name of the one thing that a page below a list shows. */
export function InBreadcrumb({ children }: { children: ReactNode }) {
  return <Into slot={crumbs}>{children}</Into>;
}

/** Where one is; at the right what one can do there. */
export function TopBar({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const current = useEntry();
  const href = useHref();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const here = current && href(current);
  // Below a list: its name leads back to it.
  const below = here !== undefined && path.replace(/\/$/, '') !== here.replace(/\/$/, '');
  const section = current && isSettings(current) ? t('shell.settings') : boot.organization.name;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface px-4 print:hidden">
      <span className="md:hidden">
        <OrgMark boot={boot} />
      </span>
      <nav aria-label={t('shell.breadcrumb')} className="min-w-0">
        <ol className="flex min-w-0 items-center gap-1.5 text-dense">
          <li className="hidden min-w-0 truncate text-muted sm:block">{section}</li>
          {current && (
            <>
              <Slash className="max-sm:hidden" />
              <li aria-current={below ? undefined : 'page'} className="truncate font-medium">
                {below ? (
                  <Link to={here} className="rounded-chip hover:underline">
                    {t(current.label)}
                  </Link>
                ) : (
                  t(current.label)
                )}
              </li>
            </>
          )}
          {below && (
            <>
              <Slash className="has-[+:empty]:hidden" />
              <li ref={crumbs.place} aria-current="page" className="num shrink-0 text-muted empty:hidden" />
            </>
          )}
        </ol>
      </nav>
      <div ref={acts.place} className="ml-auto flex items-center gap-2" />
      <span className="md:hidden">
        <IconButton
          size="lg"
          label={t('shell.palette')}
          icon={<Search />}
          onClick={() => usePrompts.setState({ palette: true })}
        />
      </span>
    </header>
  );
}

function Slash({ className }: { className: string }) {
  return (
    <li aria-hidden="true" className={clsx('text-edge', className)}>
      /
    </li>
  );
}
