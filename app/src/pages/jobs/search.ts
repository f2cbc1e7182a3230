import type { SearchSchemaInput } from '@tanstack/react-router';
import { type JobQueue, type JobState, jobQueueValues, jobStateValues } from '@/api/schema';

export interface JobsSearch {
  state?: JobState;
  queue?: JobQueue;
  kind?: string;
}

type Raw = { [K in keyof JobsSearch]?: unknown };

export function cleanJobs(raw: Raw): JobsSearch {
  const state = jobStateValues.find((value) => value === raw.state);
  const queue = jobQueueValues.find((value) => value === raw.queue);
  const kind = typeof raw.kind === 'string' ? raw.kind.slice(0, 100) : '';
  return { ...(state && { state }), ...(queue && { queue }), ...(kind && { kind }) };
}

/** The filters of an address. */
export const jobsSearch = (raw: Raw & SearchSchemaInput) => cleanJobs(raw);
