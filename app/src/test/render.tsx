import { messages } from 'virtual:texts/en';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { makeQueryClient } from '@/queries/client';

i18n.loadAndActivate({ locale: 'en', messages });

/** A part of the app with everything that parts expect around them. Links lead nowhere. `prepare` fills the cache. */
export function show(part: ReactNode, prepare?: (client: QueryClient) => void) {
  const client = makeQueryClient();
  prepare?.(client);
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  const view = render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={client}>
        <RouterContextProvider router={router as never}>{part}</RouterContextProvider>
      </QueryClientProvider>
    </I18nProvider>,
  );
  return { ...view, client, user: userEvent.setup() };
}
