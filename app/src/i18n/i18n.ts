import { texts } from 'virtual:texts';
import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { deviceLanguage, type Language } from '@/lib/language';
import type { Area } from './areas';

export type Locale = Language;
export type Values = Record<string, unknown>;
export type Translate = (id: string, values?: Values) => string;

/** What the pages seen so far need; another language is loaded with all of it. */
const wanted = new Set<Area | 'shell'>(['shell']);
/** The language that is, or is about to be, in use. */
let asked: Locale = deviceLanguage();

const held = new Map<string, Promise<void>>();

/** Fetches an area once; one that failed is fetched again by who needs it next. */
function hold(locale: Locale, area: Area | 'shell'): Promise<void> {
  const key = `${locale}/${area}`;
  const known = held.get(key);
  if (known) return known;
  const coming = texts[locale][area]().then(({ messages }) => i18n.load(locale, { ...messages }));
  held.set(key, coming);
  coming.catch(() => held.delete(key));
  return coming;
}

/** Makes a language the one in use; what is on the screen changes without a reload. */
export async function activate(locale: Locale): Promise<void> {
  asked = locale;
  await Promise.all([...wanted].map((area) => hold(locale, area)));
  // Somebody may have chosen the other one again meanwhile.
  if (asked === locale) i18n.activate(locale);
}

/** The texts of areas, in the language in use and in the one that is about to be. */
export async function needTexts(areas: readonly Area[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  const inUse: Locale = i18n.locale === 'en' || i18n.locale === 'ne' ? i18n.locale : asked;
  const complete = () => Promise.all(areas.flatMap((area) => [hold(inUse, area), hold(asked, area)]));
  let before: Locale;
  do {
    before = asked;
    await complete();
  } while (before !== asked);
}

/**
 * A part of the app that comes later, with its texts: both are fetched at once, and it is there when both are.
 * `npm run i18n` reads these calls, as they are written, and fails where a text is used that nobody brings.
 */
export function withTexts<M>(load: () => Promise<M>, ...areas: Area[]): () => Promise<M> {
  return async () => {
    const [part] = await Promise.all([load(), needTexts(areas)]);
    return part;
  };
}

/** Texts outside of components (toasts, mutations). Inside of them `useT` follows a change of language. */
export const translate: Translate = (id, values) => i18n._(id, values);

/** `const t = useT(); t('auth.signIn')`, `t('tickets.count', { count })`. */
export function useT(): Translate {
  const { _ } = useLingui();
  return _;
}

export { i18n };
