import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/i18n';

export interface FieldDiff {
  id: string;
  label: ReactNode;
  /** `undefined`: there was no such field. */
  before?: unknown;
  after?: unknown;
}

/** A value of the audit log as text: objects as JSON, nothing as a dash. */
export function diffText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 1);
}

export function DiffView({ label, fields }: { label: string; fields: readonly FieldDiff[] }) {
  const t = useT();
  if (fields.length === 0) return <p className="text-dense text-muted">{t('patterns.noChanges')}</p>;
  return (
    <dl
      aria-label={label}
      className="divide-y divide-line overflow-hidden rounded-control border border-line text-dense"
    >
      {fields.map((field) => (
        <div key={field.id} className="grid gap-x-3 gap-y-1 px-3 py-2 sm:grid-cols-[128px_minmax(0,1fr)]">
          <dt className="text-muted">{field.label}</dt>
          <dd className="flex min-w-0 flex-col gap-1">
            {field.before !== undefined && <DiffLine kind="before" text={diffText(field.before)} />}
            {field.after !== undefined && <DiffLine kind="after" text={diffText(field.after)} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function DiffLine({ kind, text }: { kind: 'before' | 'after'; text: string }) {
  const t = useT();
  const before = kind === 'before';
  return (
    <span className="flex items-start gap-1.5">
      <span className={before ? 'mt-1 text-danger' : 'mt-1 text-success'}>
        {before ? (
          <Minus aria-hidden="true" className="size-3" />
        ) : (
          <Plus aria-hidden="true" className="size-3" />
        )}
      </span>
      <span className="sr-only">{before ? t('patterns.before') : t('patterns.after')}</span>
      <span
        className={
          before
            ? 'min-w-0 whitespace-pre-wrap break-words rounded-chip bg-danger-soft px-1.5'
            : 'min-w-0 whitespace-pre-wrap break-words rounded-chip bg-success-soft px-1.5'
        }
      >
        {text}
      </span>
    </span>
  );
}
