import { RotateCw, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { type Translate, useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { faultTexts, problemText } from '@/lib/problem-text';
import type { Upload, UploadQueue } from '@/lib/upload-queue';
import { FILE_LIMIT } from '@/queries/files';
import { KindIcon } from './kind';

export const useUploads = (queue: UploadQueue) => useSyncExternalStore(queue.subscribe, queue.list);

/** The same file would be refused again. */
const final = [
  'archive_refused',
  'file_too_large',
  'file_type_contradicted',
  'file_type_refused',
  'image_too_large',
  'image_unreadable',
  'payload_too_large',
] as const;

/** Why a file was not taken, in the words of its reader. */
function faultText(t: Translate, error: unknown, limit: string): string {
  if (isCode(error, 'file_too_large', 'payload_too_large')) return t('files.tooLarge', { limit });
  return Object.values(faultTexts(t, error))[0] ?? problemText(t, error);
}

/** The files that are on their way, each with how far it is or what is wrong with it. */
export function UploadList({ queue }: { queue: UploadQueue }) {
  const t = useT();
  const uploads = useUploads(queue);
  if (uploads.length === 0) return null;
  return (
    <ul aria-label={t('files.onTheWay')} className="grid gap-2">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} queue={queue} />
      ))}
    </ul>
  );
}

function UploadRow({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const t = useT();
  const format = useFormat();
  const { id, file, state, share, error } = upload;
  const failed = state === 'failed';
  const retry = failed && !isCode(error, ...final);
  const percent = Math.round(share * 100);
  return (
    <li
      className={`flex min-h-12 items-center gap-3 rounded-control border bg-surface py-1.5 pr-1.5 pl-3 ${failed ? 'border-danger/50' : 'border-line'}`}
    >
      <span className={`[&_svg]:size-5 ${failed ? 'text-danger' : 'text-muted'}`}>
        <KindIcon mediaType={file.type} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2 text-dense">
          <span className="min-w-0 truncate" title={file.name}>
            {file.name}
          </span>
          <span className="num ml-auto shrink-0 text-meta text-muted">
            {state === 'sending' ? `${format.number(percent)} %` : format.bytes(file.size)}
          </span>
        </div>
        {failed ? (
          <p role="alert" className="text-danger text-meta">
            {faultText(t, error, format.bytes(FILE_LIMIT))}
          </p>
        ) : (
          <div className="mt-1.5">
            <Progress
              label={t('files.progressOf', { name: file.name })}
              value={state === 'waiting' ? 0 : percent}
              tone={state === 'ready' || state === 'attaching' ? 'success' : 'accent'}
              valueText={`${format.number(percent)} %`}
            />
          </div>
        )}
      </div>
      <span className="flex shrink-0 items-center">
        {retry && (
          <IconButton
            size="sm"
            label={t('files.retry', { name: file.name })}
            icon={<RotateCw />}
            onClick={() => queue.retry(id)}
          />
        )}
        <IconButton
          size="sm"
          label={t(failed ? 'files.dismiss' : 'files.cancel', { name: file.name })}
          icon={<X />}
          disabled={state === 'attaching'}
          onClick={() => queue.cancel(id)}
        />
      </span>
    </li>
  );
}
