import type { Ok, Query } from '@/api/types';
import { http } from './http';

/** A form with one part `file`. Nobody knows how long it takes: it ends when it is done or given up. */
function form(file: File) {
  const body = new FormData();
  body.append('file', file);
  return body;
}

export interface Sending {
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
  organization?: string;
}

const sending = ({ signal, onProgress, organization }: Sending) => ({
  timeout: 0,
  organization,
  ...(signal && { signal }),
  ...(onProgress && {
    onUploadProgress: ({ loaded, total }: { loaded: number; total?: number }) =>
      onProgress(total ? loaded / total : 0),
  }),
});

export const files = {
  upload: (file: File, how: Sending = {}) =>
    http.post<Ok<'files_upload'>>('/files', form(file), sending(how)).then((r) => r.data),

  remove: (id: string, organization?: string) =>
    http.delete<void>(`/files/${id}`, { organization }).then(() => undefined),

  link: (id: string, query: Query<'files_link'>, signal?: AbortSignal) =>
    http.get<Ok<'files_link'>>(`/files/${id}/link`, { params: query, signal }).then((r) => r.data),

  usage: (signal?: AbortSignal) =>
    http.get<Ok<'files_usage_get'>>('/files/usage', { signal }).then((r) => r.data),

  setAvatar: (file: File) =>
    http.put<void>('/users/me/avatar', form(file), sending({})).then(() => undefined),

  clearAvatar: () => http.delete<void>('/users/me/avatar').then(() => undefined),
};
