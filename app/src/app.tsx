import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { Prompts } from '@/components/layout/Prompts';
import { PreferencesProvider } from '@/components/ui/preferences';
import { activate, i18n } from '@/i18n/i18n';
import { endHeadStart, slugOf } from '@/lib/head-start';
import { hotkeys } from '@/lib/hotkeys';
import { applyStyleNonce } from '@/lib/nonce';
import { ProblemError } from '@/lib/problem';
import { react } from '@/lib/signals';
import { tokens } from '@/lib/token';
import { queryClient } from '@/queries/client';
import { keys } from '@/queries/keys';
import { askStepUp, usePrompts } from '@/stores/prompts';
import { resume, useSession } from '@/stores/session';
import { showPreferences, useUi } from '@/stores/ui';
import { router } from './router';

// No first paint waits for it; toasts that come earlier stand in their store.
const Toaster = lazy(() => import('@/components/ui/toast').then((m) => ({ default: m.Toaster })));

/** Everything that is wired once, before the first page. */
function wire(): void {
  react({
    stepUp: askStepUp,
    mfaSetup: () => {
      // The session was told otherwise; the page would send back whoever does not need it.
      useSession.setState({ mfaSetupRequired: true });
      void router.navigate({ to: '/second-factor' });
    },
    scopeMissing: () => {
      const org = useSession.getState().organization?.id;
      if (org) void queryClient.invalidateQueries({ queryKey: keys.bootstrap(org) });
    },
  });
  tokens.listen((event) => {
    if (event.kind === 'granted') return;
    queryClient.clear();
    void router.navigate({ to: '/sign-in', search: { reason: event.reason }, replace: true });
  });
  useUi.subscribe(({ lang, keys: single }, before) => {
    if (lang !== before.lang) void activate(lang);
    hotkeys.singleKeys = single === 'on';
  });
  hotkeys.singleKeys = useUi.getState().keys === 'on';
  window.addEventListener('keydown', (event) => hotkeys.handle(event));
  window.addEventListener('online', () => tokens.wake());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') tokens.wake();
  });
  // A chunk of this build is gone: there was a deploy. Never a reload in the middle of a form.
  window.addEventListener('vite:preloadError', (event) => {
    event.preventDefault();
    usePrompts.setState({ newVersion: true });
  });
}

function App() {
  const { lang, digits, calendar } = useUi();
  const timeZone = useSession((session) => session.user?.timeZone) ?? 'Asia/Kathmandu';
  const preferences = useMemo(
    () => ({ locale: lang, digits, calendar, timeZone }),
    [lang, digits, calendar, timeZone],
  );
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <PreferencesProvider value={preferences}>
          <RouterProvider router={router} />
          <Prompts />
          <Suspense>
            <Toaster />
          </Suspense>
        </PreferencesProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

// The page of the address comes while the session is asked for, not after it.
for (const route of router.getMatchedRoutes(location.pathname)[0]) {
  router.loadRouteChunk(route)?.catch(() => undefined);
}

/** No news of the start is worth more than this later. */
const HEAD_START_MS = 20_000;

export async function start(): Promise<void> {
  applyStyleNonce();
  showPreferences();
  wire();
  setTimeout(endHeadStart, HEAD_START_MS);
  await Promise.all([activate(useUi.getState().lang), resume(slugOf(location.pathname))]);
  // What the page asks for is on its way before the first thing is drawn.
  await router.load();
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no root');
  createRoot(root, {
    // A problem of the API is shown by its page; only our own defects belong into the console.
    onCaughtError: (error) => {
      if (!(error instanceof ProblemError)) reportError(error);
    },
  }).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
