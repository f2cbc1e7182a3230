import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { type Attach, UploadQueue } from '@/lib/upload-queue';
import { files } from '@/services/files';
import { ticketAttachments } from '@/services/ticketAttachments';
import { uploads } from '@/stores/uploads';
import { uploadSteps } from './files';
import { keys } from './keys';
import { useOrgId } from './org';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** The files of a ticket and of its comments. */
export const ticketAttachmentsOptions = (org: string, ticket: string) =>
  queryOptions({
    queryKey: keys.tickets.attachments(org, ticket),
    queryFn: ({ signal }) =>
      everyRow((cursor) => ticketAttachments.list(ticket, { cursor, limit: 100 }, signal)),
    throwOnError: false,
  });

const stale = (org: string, ticket: string) => [
  keys.tickets.attachments(org, ticket),
  keys.tickets.activities(org, ticket),
  keys.files.usage(org),
];

const remove: WriteDefinition<{ ticket: string; file: string }, void> = {
  family: 'attachments',
  run: ({ file }) => files.remove(file),
  stale: (org, { ticket }) => stale(org, ticket),
};
export const useDeleteAttachment = () => useWrite(remove);

/** Attaches to a ticket or to a comment of it, and ends when the list shows it. */
const attach =
  (client: QueryClient, org: string, ticket: string, commentId?: string): Attach =>
  async (fileId, key) => {
    const body = { fileIds: [fileId], ...(commentId && { commentId }) };
    await ticketAttachments.create(ticket, body, { organization: org, key });
    await Promise.all(stale(org, ticket).map((queryKey) => client.invalidateQueries({ queryKey })));
  };

const draftOf = (org: string, ticket: string) => `${org} ${ticket} draft`;
const commentOf = (org: string, ticket: string, comment: string) => `${org} ${ticket} ${comment}`;

const draftQueue = (org: string, ticket: string) =>
  uploads.of(draftOf(org, ticket), () => new UploadQueue(uploadSteps(org)));

/** What is on its way to a ticket. */
export function useTicketUploads(ticket: string): UploadQueue {
  const client = useQueryClient();
  const org = useOrgId();
  const find = () =>
    uploads.of(`${org} ${ticket}`, () => new UploadQueue(uploadSteps(org), attach(client, org, ticket)));
  return useSyncExternalStore(uploads.subscribe, find);
}

/** What is chosen for the comment that is being written. */
export function useDraftUploads(ticket: string): UploadQueue {
  const org = useOrgId();
  return useSyncExternalStore(uploads.subscribe, () => draftQueue(org, ticket));
}

/** What still follows a comment that is written. */
export function useCommentUploads(ticket: string, comment: string): UploadQueue | undefined {
  const org = useOrgId();
  return useSyncExternalStore(uploads.subscribe, () => uploads.find(commentOf(org, ticket, comment)));
}

/** The comment is written: what was chosen with it follows it. */
export function useFollowComment(ticket: string): (comment: string) => void {
  const client = useQueryClient();
  const org = useOrgId();
  return useCallback(
    (comment) => {
      const queue = draftQueue(org, ticket);
      uploads.handOver(draftOf(org, ticket), commentOf(org, ticket, comment));
      queue.attachTo(attach(client, org, ticket, comment));
    },
    [client, org, ticket],
  );
}
