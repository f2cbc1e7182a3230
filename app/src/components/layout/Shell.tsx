import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import type { Bootstrap } from '@/api/schema';
import { fetchFloatingWhenIdle } from '@/components/ui/floating';
import { useT } from '@/i18n/i18n';
import { usePrompts } from '@/stores/prompts';
import { ConnectionBanner } from './ConnectionBanner';
import { MobileTabs } from './MobileTabs';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';
import { useScrollMemory } from './use-scroll-memory';
import { useShellKeys } from './use-shell-keys';

// Fetched when somebody asks for them, not before the first page.
const CommandPalette = lazy(() => import('./CommandPalette').then((m) => ({ default: m.CommandPalette })));
const ShortcutSheet = lazy(() => import('./ShortcutSheet').then((m) => ({ default: m.ShortcutSheet })));

/** Sidebar left, bar on top, the page in the only thing that scrolls. On a phone the tabs at the bottom. */
export function Shell({ boot, children }: { boot: Bootstrap; children: ReactNode }) {
  const t = useT();
  const main = useRef<HTMLElement>(null);
  const { palette, shortcuts } = usePrompts();
  useScrollMemory(main);
  useShellKeys(boot);
  useEffect(fetchFloatingWhenIdle, []);
  return (
    <div className="flex h-dvh bg-bg print:block print:h-auto">
      <a
        href="#main"
        className="-translate-y-20 fixed top-2 left-2 z-50 rounded-control bg-surface px-3 py-2 text-dense shadow-float focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <aside className="hidden w-sidebar shrink-0 border-line border-r md:block print:hidden">
        <Sidebar boot={boot} />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        <TopBar boot={boot} />
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          className="min-h-0 flex-1 overflow-y-auto bg-surface outline-none print:overflow-visible"
        >
          {children}
        </main>
        <MobileTabs boot={boot} />
      </div>
      <Suspense>
        {palette && <CommandPalette boot={boot} />}
        {shortcuts && <ShortcutSheet />}
      </Suspense>
    </div>
  );
}
