import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AuditEntry } from '@/api/schema';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { DiffView } from '@/components/patterns/DiffView';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useFormat } from '@/components/ui/preferences';
import { Sheet } from '@/components/ui/sheet';
import { useT } from '@/i18n/i18n';
import { actorText } from './actor';
import { dataRows, entryText, fieldDiffs, fieldText, subjectHint, subjectText } from './events';

export interface EntrySheetProps {
  entry: AuditEntry;
  names: ReadonlyMap<string, string>;
  onClose: () => void;
  /** Only what concerns the same thing, or what the same person did. */
  onSubject: () => void;
  onActor: (() => void) | undefined;
}

/** All that the log knows about one event. */
export function EntrySheet({ entry, names, onClose, onSubject, onActor }: EntrySheetProps) {
  const t = useT();
  const format = useFormat();
  const { subject, occurredAt } = entry;
  const diffs = fieldDiffs(t, entry, names);
  const data = dataRows(entry.data, names);
  const name = names.get(subject.id) ?? subjectHint(t, entry, names, format.number);
  return (
    <Sheet open onOpenChange={onClose} title={entryText(t, entry)}>
      <PropertyList
        items={[
          { id: 'time', label: t('audit.time'), value: <TimeOf at={occurredAt} /> },
          { id: 'actor', label: t('audit.actor'), value: actorText(t, entry, names) },
          {
            id: 'subject',
            label: t('audit.subjectLabel'),
            value: (
              <>
                {subjectText(t, subject.type)} {name}
                {!name && <Id value={subject.id} label={t('audit.copySubject')} />}
              </>
            ),
          },
          {
            id: 'type',
            label: t('audit.typeLabel'),
            value: <code className="font-mono text-meta">{entry.type}</code>,
          },
          { id: 'ip', label: t('audit.ip'), value: <span className="num">{entry.ip ?? '–'}</span> },
          {
            id: 'agent',
            label: t('audit.agent'),
            value: <span className="break-words text-muted">{entry.userAgent ?? '–'}</span>,
          },
          {
            id: 'request',
            label: t('audit.request'),
            value: entry.requestId ? <Id value={entry.requestId} label={t('patterns.copyRequestId')} /> : '–',
          },
          {
            id: 'trace',
            label: t('audit.trace'),
            value: entry.traceId ? <Id value={entry.traceId} label={t('audit.copyTrace')} /> : '–',
          },
          {
            id: 'seq',
            label: t('audit.number'),
            value: <span className="num">{format.number(entry.seq)}</span>,
          },
        ]}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" icon={<ListFilter />} onClick={onSubject}>
          {t('audit.sameSubject')}
        </Button>
        {onActor && (
          <Button size="sm" icon={<ListFilter />} onClick={onActor}>
            {t('audit.sameActor')}
          </Button>
        )}
      </div>
      {diffs.length > 0 && (
        <Part title={t('audit.changes')}>
          <DiffView label={t('audit.changes')} fields={diffs} />
        </Part>
      )}
      {data.length > 0 && (
        <Part title={t('audit.details')}>
          <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 text-dense">
            {data.map(({ key, value }) => (
              <div key={key} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-muted">{fieldText(t, key)}</dt>
                <dd className="break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-1.5 font-medium text-dense">{title}</h3>
      {children}
    </section>
  );
}

function TimeOf({ at }: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} className="num">
      {format.dateTime(at)}
    </time>
  );
}

function Id({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 truncate font-mono text-meta">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}
