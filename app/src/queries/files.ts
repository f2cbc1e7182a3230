import { queryOptions } from '@tanstack/react-query';
import type { Query } from '@/api/types';
import { ProblemError } from '@/lib/problem';
import type { UploadSteps } from '@/lib/upload-queue';
import { files } from '@/services/files';
import { keys } from './keys';
import { useWrite, type WriteDefinition } from './write';

/** Bytes that the API takes in one file: it would cut off what is larger, after much waiting. */
export const FILE_LIMIT = 10 * 1024 * 1024;

/** Links are good for four to five minutes; one that is used shall not end on the way. */
const LINK_MS = 3 * 60_000;

type Rendition = NonNullable<Query<'files_link'>['rendition']>;

export const fileLinkOptions = (org: string, file: string, rendition: Rendition) =>
  queryOptions({
    queryKey: keys.files.link(org, file, rendition),
    queryFn: ({ signal }) => files.link(file, { rendition }, signal),
    staleTime: LINK_MS,
    gcTime: LINK_MS,
    throwOnError: false,
  });

export const usageOptions = (org: string) =>
  queryOptions({ queryKey: keys.files.usage(org), queryFn: ({ signal }) => files.usage(signal) });

/** How files get to an organization, also when the tab has gone to another one meanwhile: not at all, then. */
export function uploadSteps(organization: string): UploadSteps {
  return {
    upload: async (file, at) => {
      if (file.size > FILE_LIMIT) throw new ProblemError({ status: 413, code: 'file_too_large' });
      return (await files.upload(file, { ...at, organization })).id;
    },
    discard: (id) => files.remove(id, organization),
  };
}

const setAvatar: WriteDefinition<File, void> = {
  family: 'avatar',
  run: async (file) => {
    if (file.size > FILE_LIMIT) throw new ProblemError({ status: 413, code: 'file_too_large' });
    await files.setAvatar(file);
  },
  stale: (org) => [keys.people.all(org), keys.me.profile],
};
export const useSetAvatar = () => useWrite(setAvatar);

const clearAvatar: WriteDefinition<void, void> = {
  family: 'avatar',
  run: () => files.clearAvatar(),
  stale: (org) => [keys.people.all(org), keys.me.profile],
};
export const useClearAvatar = () => useWrite(clearAvatar);
