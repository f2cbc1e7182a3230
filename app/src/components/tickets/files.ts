import { lazy } from 'react';
import { withTexts } from '@/i18n/i18n';

const load = withTexts(() => import('@/components/files/attachments'), 'files');

/** Fetches what shows files, while the ticket is fetched. */
export const fetchFileParts = () => void load().catch(() => undefined);

export const TicketFiles = lazy(() => load().then((m) => ({ default: m.TicketFiles })));
export const CommentFiles = lazy(() => load().then((m) => ({ default: m.CommentFiles })));
export const DraftFiles = lazy(() => load().then((m) => ({ default: m.DraftFiles })));
export const PickForComment = lazy(() => load().then((m) => ({ default: m.PickForComment })));
