import { lazyPart } from '@/components/patterns/lazy-part';
import { withTexts } from '@/i18n/i18n';

const load = withTexts(() => import('@/components/files/attachments'), 'files');

/** Fetches what shows files, while the ticket is fetched. */
export const fetchFileParts = () => void load().catch(() => undefined);

// Whoever writes a comment keeps it where only the files beside it are missing.
const quiet = { missing: () => null };

export const TicketFiles = lazyPart(() => load().then((m) => m.TicketFiles), {
  ...quiet,
  waiting: <div className="h-control-sm" />,
});
export const CommentFiles = lazyPart(() => load().then((m) => m.CommentFiles), quiet);
export const DraftFiles = lazyPart(() => load().then((m) => m.DraftFiles), quiet);
export const PickForComment = lazyPart(() => load().then((m) => m.PickForComment), quiet);
