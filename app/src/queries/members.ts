import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Member } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { members } from '@/services/members';
import { keys } from './keys';
import { byCursor } from './pages';
import { useCommand, useWrite, type WriteDefinition } from './write';

type Search = Omit<Query<'members_list'>, 'cursor'>;

export const memberListOptions = (org: string, search: Search = {}) =>
  infiniteQueryOptions({
    queryKey: keys.members.list(org, search),
    queryFn: ({ pageParam, signal }) => members.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

export const memberOptions = (org: string, userId: string) =>
  queryOptions({
    queryKey: keys.members.detail(org, userId),
    queryFn: ({ signal }) => members.get(userId, signal),
  });

/** The first people with a role, for saying whom a change concerns. */
export const roleMembersOptions = (org: string, roleId: string) =>
  queryOptions({
    queryKey: [...keys.members.all(org), 'byRole', roleId],
    queryFn: ({ signal }) => members.list({ roleId, limit: 20 }, signal),
  });

// A change of role moves the numbers of roles and what the person may do.
const stale = (org: string) => [keys.members.all(org), keys.roles.all(org), keys.people.all(org)];

type Update = { userId: string; change: Body<'members_update'>; version: number };

const update: WriteDefinition<Update, Member> = {
  family: 'members',
  entity: ({ userId }) => `member:${userId}`,
  run: ({ userId, change, version }) => members.update(userId, change, { version }),
  stale,
};
export const useUpdateMember = () => useCommand(update);

const remove: WriteDefinition<{ userId: string; version: number }, void> = {
  family: 'members',
  entity: ({ userId }) => `member:${userId}`,
  run: ({ userId, version }) => members.remove(userId, { version }),
  stale,
};
export const useRemoveMember = () => useWrite(remove);

const leave: WriteDefinition<void, void> = {
  family: 'members',
  run: (_, { key }) => members.leave({ key }),
  stale: () => [keys.me.organizations],
  replayable: true,
};
export const useLeaveOrganization = () => useWrite(leave);
