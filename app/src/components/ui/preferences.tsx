import { createContext, type ReactNode, use, useMemo } from 'react';
import {
  formatBytes,
  formatDate,
  formatDateTime,
  formatDay,
  formatDayOther,
  formatDuration,
  formatNumber,
  formatRelative,
  formatTime,
  type Preferences,
} from '@/lib/format';
import { formatMoney, type Money } from '@/lib/money';
import { type IsoDate, KATHMANDU } from '@/lib/time';

const defaults: Preferences = { locale: 'en', digits: 'latin', calendar: 'ad', timeZone: KATHMANDU };
const PreferencesContext = createContext<Preferences>(defaults);

export function PreferencesProvider(props: { value: Preferences; children: ReactNode }) {
  return <PreferencesContext value={props.value}>{props.children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  return use(PreferencesContext);
}

type DateStyle = 'short' | 'long' | 'numeric';

/** The formatters of `lib/format`, bound to the reader's preferences. */
export function useFormat() {
  const prefs = usePreferences();
  return useMemo(
    () => ({
      number: (value: number, maxFraction?: number) => formatNumber(value, prefs, maxFraction),
      money: (money: Money) => formatMoney(money, prefs.locale, prefs.digits),
      day: (date: IsoDate, style?: DateStyle) => formatDay(date, prefs, style),
      dayOther: (date: IsoDate) => formatDayOther(date, prefs),
      date: (instant: Date | string, style?: DateStyle) => formatDate(instant, prefs, style),
      time: (instant: Date | string) => formatTime(instant, prefs),
      dateTime: (instant: Date | string) => formatDateTime(instant, prefs),
      relative: (instant: Date | string, now?: Date) => formatRelative(instant, prefs, now),
      duration: (minutes: number) => formatDuration(minutes, prefs),
      bytes: (bytes: number) => formatBytes(bytes, prefs),
    }),
    [prefs],
  );
}
