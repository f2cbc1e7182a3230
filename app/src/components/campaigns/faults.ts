import type { CampaignPreflightProblem } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';
import type { Step } from './search';

/** Where something that the check found is mended. */
export const stepOf = (code: string): Step => (code.startsWith('audience') ? 'audience' : 'content');

/** What is wrong, in the reader's language; in the server's words where there are no own ones. */
export function faultText(t: Translate, { code, detail }: CampaignPreflightProblem): string {
  const id = `campaigns.fault.${code}`;
  // The piece of the text that it is about stands first between marks.
  const [, piece = ''] = /`([^`]*)`/.exec(detail) ?? [];
  const text = t(id, { piece });
  return text === id ? detail : text;
}

/** A time that has come already is none to send at. */
export const isPast = (at: string | undefined): boolean => at !== undefined && new Date(at) <= new Date();
