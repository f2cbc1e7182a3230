import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Body, Ok, Query } from '@/api/types';
import { suppressions } from '@/services/suppressions';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export type SuppressionSearch = Omit<Query<'suppressions_list'>, 'cursor'>;

export const suppressionsOptions = (org: string, search: SuppressionSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.suppressions.list(org, search),
    queryFn: ({ pageParam, signal }) =>
      suppressions.list({ limit: 100, ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

/** Who is on it gets no campaign: the checks of all drafts may say something else now. */
const stale = (org: string) => [keys.suppressions.lists(org), keys.campaigns.preflights(org)];

const suppress: WriteDefinition<Body<'suppressions_create'>, Ok<'suppressions_create'>> = {
  family: 'suppressions',
  run: (body, { key }) => suppressions.create(body, { key }),
  stale,
  replayable: true,
};
export const useSuppress = () => useWrite(suppress);

const release: WriteDefinition<{ id: string }, void> = {
  family: 'suppressions',
  run: ({ id }) => suppressions.remove(id),
  stale,
};
export const useRelease = () => useWrite(release);
