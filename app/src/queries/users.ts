import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { User } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { isCode } from '@/lib/problem';
import { users } from '@/services/users';
import { useSession } from '@/stores/session';
import { useCan } from './bootstrap';
import { keys } from './keys';
import { useOrgId } from './org';
import { byCursor, everyRow } from './pages';
import { useCommand, useWrite, type WriteDefinition } from './write';

export const meOptions = () =>
  queryOptions({ queryKey: keys.me.profile, queryFn: ({ signal }) => users.me(signal) });

/** The people of the organization, by a search as one types. */
export const peopleOptions = (org: string, search: Query<'users_list'> = {}) =>
  infiniteQueryOptions({
    queryKey: keys.people.list(org, search),
    queryFn: ({ pageParam, signal }) => users.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** Links to pictures are good for four to five minutes. */
const PICTURES_MS = 3 * 60_000;

/** Everybody, for menus and for names beside ids. */
export const everybodyOptions = (org: string) =>
  queryOptions({
    queryKey: keys.people.list(org, { everybody: true }),
    queryFn: ({ signal }) => everyRow((cursor) => users.list({ cursor, limit: 100 }, signal)),
    staleTime: PICTURES_MS,
    refetchInterval: ({ state }) => (state.data?.some(({ avatar }) => avatar) ? PICTURES_MS : false),
  });

/** Where the pictures of people are, by their ids; of nobody for whoever may not see who is there. */
export function usePictures(): ReadonlyMap<string, string> {
  const enabled = useCan('users_list');
  const { data } = useQuery({ ...everybodyOptions(useOrgId()), enabled, throwOnError: false });
  return useMemo(
    () => new Map((data ?? []).flatMap(({ id, avatar }) => (avatar ? [[id, avatar.url] as const] : []))),
    [data],
  );
}

const shared = ({ fullName, displayName, locale, timeZone, calendar, theme }: User) => ({
  fullName,
  displayName: displayName ?? null,
  locale,
  timeZone,
  calendar,
  theme,
});

/** Without a version over the newest one that is known, for choices that stand for themselves. */
type UpdateMe = { change: Body<'users_me_update'>; version?: number };

const updateMe: WriteDefinition<UpdateMe, User> = {
  family: 'me',
  entity: () => 'me',
  run: async ({ change, version }, { client }) => {
    if (version !== undefined) return await users.updateMe(change, { version });
    try {
      const known = client.getQueryData(meOptions().queryKey) ?? (await users.me());
      return await users.updateMe(change, { version: known.version });
    } catch (error) {
      if (!isCode(error, 'version_stale')) throw error;
      return await users.updateMe(change, { version: (await users.me()).version });
    }
  },
  learn: (user, _, { client }) => {
    client.setQueryData(meOptions().queryKey, user);
    // Dates follow the time zone of the session's user: now, not with the next token.
    useSession.setState(({ user: known }) => ({ user: known && { ...known, ...shared(user) } }));
  },
  stale: (org) => [keys.me.profile, keys.bootstrap(org), keys.people.all(org)],
};
export const useUpdateMe = () => useWrite(updateMe);
/** One choice of the account after another, each over what the one before left. */
export const useChooseForMe = () => useCommand(updateMe);

const requestDeletion: WriteDefinition<void, User> = {
  family: 'me',
  run: (_, { key }) => users.requestDeletion({ key }),
  learn: (user, _, { client }) => client.setQueryData(meOptions().queryKey, user),
  stale: () => [keys.me.profile],
  replayable: true,
};
export const useRequestAccountDeletion = () => useWrite(requestDeletion);

const cancelDeletion: WriteDefinition<void, void> = {
  family: 'me',
  run: () => users.cancelDeletion(),
  stale: () => [keys.me.profile],
};
export const useCancelAccountDeletion = () => useWrite(cancelDeletion);
