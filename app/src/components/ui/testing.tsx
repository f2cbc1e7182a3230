import { I18nProvider } from '@lingui/react';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { activate, i18n } from '@/i18n/i18n';
import type { Preferences } from '@/lib/format';
import { KATHMANDU } from '@/lib/time';
import { PreferencesProvider } from './preferences';
import { Toaster } from './toast';

export const english: Preferences = { locale: 'en', digits: 'latin', calendar: 'ad', timeZone: KATHMANDU };
export const nepali: Preferences = {
  locale: 'ne',
  digits: 'devanagari',
  calendar: 'bs',
  timeZone: KATHMANDU,
};

/** Renders with English texts, preferences, tooltips and toasts around; answers a user to act with. */
export async function show(element: ReactElement, prefs: Preferences = english) {
  await activate('en');
  const wrap = (inner: ReactElement) => (
    <I18nProvider i18n={i18n}>
      <PreferencesProvider value={prefs}>
        {inner}
        <Toaster />
      </PreferencesProvider>
    </I18nProvider>
  );
  const view = render(wrap(element));
  return { user: userEvent.setup(), again: (next: ReactElement) => view.rerender(wrap(next)) };
}
