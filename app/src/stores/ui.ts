import { create } from 'zustand';
import { readCookie, writeCookie } from '@/lib/cookie';
import { deviceLanguage, type Language, languages } from '@/lib/language';

/**
 * How this device shows things. Kept in cookies, and nowhere else: the server reads `mj_lang`, `mj_theme` and
 * `mj_density` and writes `lang`, `data-theme` and `data-density` on `<html>`, so that the first paint is right.
 */
export interface Preferences {
  lang: Language;
  theme: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  digits: 'latin' | 'devanagari';
  calendar: 'ad' | 'bs';
  /** Shortcuts of a single key (WCAG 2.1.4). */
  keys: 'on' | 'off';
  sidebar: 'open' | 'narrow';
}

type Name = keyof Preferences;

const choices: { [N in Name]: readonly [Preferences[N], ...Preferences[N][]] } = {
  lang: languages,
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  digits: ['latin', 'devanagari'],
  calendar: ['ad', 'bs'],
  keys: ['on', 'off'],
  sidebar: ['open', 'narrow'],
};

const YEAR = 31_536_000;

function kept<N extends Name>(name: N): Preferences[N] | undefined {
  const value = readCookie(`mj_${name}`);
  return choices[name].find((choice) => choice === value);
}

function read(): Preferences {
  const lang = deviceLanguage();
  return {
    lang,
    theme: kept('theme') ?? 'system',
    density: kept('density') ?? 'comfortable',
    digits: kept('digits') ?? (lang === 'ne' ? 'devanagari' : 'latin'),
    calendar: kept('calendar') ?? 'ad',
    keys: kept('keys') ?? 'on',
    sidebar: kept('sidebar') ?? 'open',
  };
}

/** Puts what the style sheet looks at on `<html>`. */
function show({ lang, theme, density }: Preferences): void {
  const root = document.documentElement;
  root.lang = lang;
  root.dataset.theme = theme;
  root.dataset.density = density;
}

export const useUi = create<Preferences>(read);

/** Changes a preference for good. */
export function prefer<N extends Name>(name: N, value: Preferences[N]): void {
  writeCookie(`mj_${name}`, value, YEAR);
  useUi.setState({ [name]: value } as Pick<Preferences, N>);
}

/** Has this device ever chosen? If not, what the account says counts. */
export function hasChosen(name: Name): boolean {
  return kept(name) !== undefined;
}

/** At the start: shows what is kept, and from then on every change. */
export function showPreferences(): void {
  show(useUi.getState());
  useUi.subscribe(show);
}
