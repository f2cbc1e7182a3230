import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';

export type Locale = 'en' | 'ne';
export type Values = Record<string, unknown>;
export type Translate = (id: string, values?: Values) => string;

/** Each language is a chunk of its own; only the one in use is loaded. */
const catalogs = {
  en: () => import('virtual:catalog/en'),
  ne: () => import('virtual:catalog/ne'),
} as const;

/** Loads a language and makes it the one in use; what is on the screen changes without a reload. */
export async function activate(locale: Locale): Promise<void> {
  const { messages } = await catalogs[locale]();
  i18n.loadAndActivate({ locale, messages });
}

/** Texts outside of components (toasts, mutations). Inside of them `useT` follows a change of language. */
export const translate: Translate = (id, values) => i18n._(id, values);

/** `const t = useT(); t('auth.signIn')`, `t('tickets.count', { count })`. */
export function useT(): Translate {
  const { _ } = useLingui();
  return _;
}

export { i18n };
