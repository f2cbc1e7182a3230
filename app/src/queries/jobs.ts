import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Job } from '@/api/schema';
import type { Query } from '@/api/types';
import { jobs } from '@/services/jobs';
import { keys } from './keys';
import { byCursor } from './pages';
import { useCommand, type WriteDefinition } from './write';

export type JobSearch = Omit<Query<'jobs_list'>, 'cursor'>;

export const jobListOptions = (org: string, search: JobSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.jobs.list(org, search),
    queryFn: ({ pageParam, signal }) => jobs.list({ ...search, cursor: pageParam }, signal),
    staleTime: 5_000,
    ...byCursor,
  });

const stale = (org: string) => [keys.jobs.all(org)];

const requeue: WriteDefinition<string, Job> = {
  family: 'jobs',
  entity: (id) => `job:${id}`,
  run: (id, { key }) => jobs.requeue(id, { key }),
  stale,
  replayable: true,
};
export const useRequeueJob = () => useCommand(requeue);

const discard: WriteDefinition<string, void> = {
  family: 'jobs',
  entity: (id) => `job:${id}`,
  run: (id, { key }) => jobs.discard(id, { key }),
  stale,
  replayable: true,
};
export const useDiscardJob = () => useCommand(discard);
