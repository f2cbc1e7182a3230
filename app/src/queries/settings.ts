import { queryOptions } from '@tanstack/react-query';
import type { Settings } from '@/api/schema';
import type { Body } from '@/api/types';
import { settings } from '@/services/settings';
import { keys } from './keys';
import { useWrite, type WriteDefinition } from './write';

export const settingsOptions = (org: string) =>
  queryOptions({
    queryKey: keys.settings(org),
    queryFn: ({ signal }) => settings.get(signal),
    staleTime: 5 * 60_000,
  });

type Update = { change: Body<'settings_update'>; version: number };

const update: WriteDefinition<Update, Settings> = {
  family: 'settings',
  run: ({ change, version }) => settings.update(change, { version }),
  learn: (news, _, { client, org }) => client.setQueryData(settingsOptions(org).queryKey, news),
  stale: (org) => [keys.settings(org)],
};
export const useUpdateSettings = () => useWrite(update);
