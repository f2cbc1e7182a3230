/// <reference types="vite/client" />

declare module 'virtual:texts' {
  import type { Messages } from '@lingui/core';
  import type { Area } from '@/i18n/areas';
  import type { Language } from '@/lib/language';

  /** How the texts of a language are fetched: those that every page needs, and those of each area. */
  export const texts: Record<Language, Record<Area | 'shell', () => Promise<{ messages: Messages }>>>;
}

/** All texts of a language, for tests. */
declare module 'virtual:texts/en' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}

declare module 'virtual:texts/ne' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}
