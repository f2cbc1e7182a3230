import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FullInvoiceSchedule } from '@/api/schema';
import type { Body, Query } from '@/api/types';
import { invoiceSchedules } from '@/services/invoiceSchedules';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export type ScheduleSearch = Omit<Query<'invoice_schedules_list'>, 'cursor'>;

export const scheduleListOptions = (org: string, search: ScheduleSearch = {}) =>
  infiniteQueryOptions({
    queryKey: keys.invoiceSchedules.list(org, search),
    queryFn: ({ pageParam, signal }) => invoiceSchedules.list({ ...search, cursor: pageParam }, signal),
    ...byCursor,
  });

export const scheduleOptions = (org: string, id: string) =>
  queryOptions({
    queryKey: keys.invoiceSchedules.detail(org, id),
    queryFn: ({ signal }) => invoiceSchedules.get(id, signal),
  });

/** On which days it would be; the key is what is asked. */
export const schedulePreviewOptions = (org: string, body: Body<'invoice_schedules_preview'>) =>
  queryOptions({
    queryKey: keys.invoiceSchedules.preview(org, body),
    queryFn: ({ signal }) => invoiceSchedules.preview(body, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    throwOnError: false,
  });

/** What it made, the newest first. */
export const madeInvoicesOptions = (org: string, id: string) =>
  infiniteQueryOptions({
    queryKey: keys.invoiceSchedules.made(org, id),
    queryFn: ({ pageParam, signal }) => invoiceSchedules.made(id, { cursor: pageParam, limit: 20 }, signal),
    ...byCursor,
  });

const entity = ({ id }: { id: string }) => `invoiceSchedule:${id}`;
const lists = (org: string) => [keys.invoiceSchedules.lists(org)];
type Learn<I> = NonNullable<WriteDefinition<I, FullInvoiceSchedule>['learn']>;
const learn: Learn<unknown> = (schedule, _, { client, org }) =>
  client.setQueryData(scheduleOptions(org, schedule.id).queryKey, schedule);

const create: WriteDefinition<Body<'invoice_schedules_create'>, FullInvoiceSchedule> = {
  family: 'invoiceSchedules',
  run: (body, { key }) => invoiceSchedules.create(body, { key }),
  learn,
  stale: lists,
  replayable: true,
};
export const useCreateSchedule = () => useWrite(create);

type Versioned = { id: string; version: number };
type Update = Versioned & { change: Body<'invoice_schedules_update'> };

const update: WriteDefinition<Update, FullInvoiceSchedule> = {
  family: 'invoiceSchedules',
  entity,
  run: ({ id, version, change }) => invoiceSchedules.update(id, change, { version }),
  learn,
  stale: lists,
};
export const useUpdateSchedule = () => useWrite(update);

const pause: WriteDefinition<Versioned, FullInvoiceSchedule> = {
  family: 'invoiceSchedules',
  entity,
  run: ({ id, version }, { key }) => invoiceSchedules.pause(id, { version, key }),
  learn,
  stale: lists,
  replayable: true,
};
export const usePauseSchedule = () => useWrite(pause);

const resume: WriteDefinition<Versioned & Body<'invoice_schedules_resume'>, FullInvoiceSchedule> = {
  family: 'invoiceSchedules',
  entity,
  run: ({ id, version, ...body }, { key }) => invoiceSchedules.resume(id, body, { version, key }),
  learn,
  stale: lists,
  replayable: true,
};
export const useResumeSchedule = () => useWrite(resume);

const end: WriteDefinition<Versioned, FullInvoiceSchedule> = {
  family: 'invoiceSchedules',
  entity,
  run: ({ id, version }, { key }) => invoiceSchedules.end(id, { version, key }),
  learn,
  stale: lists,
  replayable: true,
};
export const useEndSchedule = () => useWrite(end);
