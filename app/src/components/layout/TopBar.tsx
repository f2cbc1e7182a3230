import { Search } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import type { Bootstrap } from '@/api/schema';
import { IconButton } from '@/components/ui/icon-button';
import { useT } from '@/i18n/i18n';
import { isSettings } from '@/nav';
import { usePrompts } from '@/stores/prompts';
import { useEntry } from './Sidebar';

import { OrgMark } from './OrgMark';
let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();

function place(element: HTMLElement | null): void {
  slot = element;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** View tabs and actions that a page wants to have in the bar: `<InTopBar><Button .../></InTopBar>`. */
export function InTopBar({ children }: { children: ReactNode }) {
  const element = useSyncExternalStore(subscribe, () => slot);
  return element ? createPortal(children, element) : null;
}

/** Where one is; at the right what one can do there. */
export function TopBar({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const current = useEntry();
  const section = current && isSettings(current) ? t('shell.settings') : boot.organization.name;
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface px-4">
      <span className="md:hidden">
        <OrgMark boot={boot} />
      </span>
      <nav aria-label={t('shell.breadcrumb')} className="min-w-0">
        <ol className="flex min-w-0 items-center gap-1.5 text-dense">
          <li className="hidden min-w-0 truncate text-muted sm:block">{section}</li>
          {current && (
            <>
              <li aria-hidden="true" className="hidden text-edge sm:block">
                /
              </li>
              <li aria-current="page" className="truncate font-medium">
                {t(current.label)}
              </li>
            </>
          )}
        </ol>
      </nav>
      <div ref={place} className="ml-auto flex items-center gap-2" />
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
