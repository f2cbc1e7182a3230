import type { BootstrapUser } from '@/api/schema';
import { hasChosen, prefer } from '@/stores/ui';

/** A device that never chose takes what the account says. */
export function adoptAccount({ locale, calendar, theme }: BootstrapUser): void {
  if (!hasChosen('lang') && (locale === 'en' || locale === 'ne')) {
    prefer('lang', locale);
    if (!hasChosen('digits')) prefer('digits', locale === 'ne' ? 'devanagari' : 'latin');
  }
  if (!hasChosen('calendar') && (calendar === 'ad' || calendar === 'bs')) prefer('calendar', calendar);
  if (!hasChosen('theme') && (theme === 'light' || theme === 'dark')) prefer('theme', theme);
}
