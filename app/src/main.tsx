import { texts } from 'virtual:texts';
import type { Area } from '@/i18n/areas';
import { headStart } from '@/lib/head-start';
import { deviceLanguage } from '@/lib/language';
import '@/styles/tokens.css';
import '@/styles/boot.css';

// What stands here runs before any library is there. So the session, the texts, the page of the address and the app
// itself come at the same time; none waits for another. A browser has few connections to a server: the small answers
// that everything else needs have them first, unless they take their time.
const PATIENCE_MS = 500;
const session = headStart(location.pathname);
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

const language = texts[deviceLanguage()];

/** Begins to fetch a part and its texts; the router asks for both again and finds them. */
function beginWithTexts(load: () => Promise<unknown>, ...areas: Area[]): Promise<unknown>[] {
  return [load(), ...areas.map((area) => language[area]())];
}

/** The pages that people come to from outside. The others are fetched by the router. */
const pages: Record<string, () => Promise<unknown>[]> = {
  '': () => beginWithTexts(() => import('@/pages/dashboard/DashboardPage'), 'dashboard', 'inbox'),
  tickets: () => beginWithTexts(() => import('@/pages/tickets/TicketsPage'), 'tickets'),
  inbox: () => beginWithTexts(() => import('@/pages/inbox/InboxPage'), 'inbox'),
};

function parts(path: string): Promise<unknown>[] {
  if (path === '/sign-in') {
    return [
      ...beginWithTexts(() => import('@/components/layout/AuthLayout'), 'auth'),
      ...beginWithTexts(() => import('@/pages/auth/SignInPage'), 'auth'),
    ];
  }
  const page = /^\/o\/[^/]+\/?([^/]*)\/?$/.exec(path)?.[1];
  if (page === undefined) return [];
  return [import('@/components/layout/OrgLayout'), ...(pages[page]?.() ?? [])];
}

void Promise.race([session, patience]).then(() => {
  // One that cannot be fetched is missed again, and told, by whoever needs it.
  for (const part of [language.shell(), ...parts(location.pathname)]) part.catch(() => undefined);
});

const app = await import('./app');
await app.start();
