import { readCookie } from './cookie';

export const languages = ['en', 'ne'] as const;
export type Language = (typeof languages)[number];

/** The language that was chosen on this device, else the one of the browser. */
export function deviceLanguage(): Language {
  const kept = languages.find((language) => language === readCookie('mj_lang'));
  return kept ?? (navigator.language.startsWith('ne') ? 'ne' : 'en');
}
