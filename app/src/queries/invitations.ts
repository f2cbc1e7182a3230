import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { Invitation, InvitationRows } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { tokens } from '@/lib/token';
import { invitations } from '@/services/invitations';
import { keys } from './keys';
import { byCursor } from './pages';
import { useCommand, useWrite, type WriteDefinition } from './write';

type Search = Omit<Query<'invitations_list'>, 'cursor'>;

export const invitationListOptions = (org: string, search: Search = {}) =>
  infiniteQueryOptions({
    queryKey: keys.invitations.list(org, search),
    queryFn: ({ pageParam, signal }) => invitations.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

const stale = (org: string) => [keys.invitations.all(org)];

/** One or many; the answer tells about each. */
const invite: WriteDefinition<Body<'invitations_create'>, InvitationRows> = {
  family: 'invitations',
  run: (body, { key }) => invitations.create(body, { key }),
  stale,
  replayable: true,
};
export const useInvite = () => useWrite(invite);

const revoke: WriteDefinition<string, void> = {
  family: 'invitations',
  run: (id) => invitations.revoke(id),
  stale,
};
export const useRevokeInvitation = () => useCommand(revoke);

const resend: WriteDefinition<string, Invitation> = {
  family: 'invitations',
  run: (id, { key }) => invitations.resend(id, { key }),
  stale,
  replayable: true,
};
export const useResendInvitation = () => useCommand(resend);

/** What a link says before one is anybody. */
export const invitationPreviewOptions = (token: string) =>
  queryOptions({
    queryKey: keys.me.invitation(token),
    queryFn: ({ signal }) => invitations.preview({ token }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    throwOnError: false,
  });

/** As the person who is signed in, or as a new one; both end in a session of the inviting organization. */
export const useAcceptInvitation = () =>
  useMutation({
    mutationFn: ({ as, body }: { as: 'new' | 'me'; body: Body<'invitations_accept'> }) =>
      as === 'new' ? invitations.acceptAsNew(body) : invitations.accept(body),
    onSuccess: (answer) => tokens.accept(answer),
  });
