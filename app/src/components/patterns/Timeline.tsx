import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface TimelineItem {
  id: string;
  /** A small avatar or icon on the line. */
  mark: ReactNode;
  /** One sentence: who did what. */
  text: ReactNode;
  time: ReactNode;
  /** ISO, for machines and the tooltip. */
  dateTime: string;
  timeTitle?: string;
  /** A comment or a diff under the sentence. */
  body?: ReactNode;
  actions?: ReactNode;
  tone?: 'plain' | 'note';
}

export interface TimelineProps {
  label: string;
  items: readonly TimelineItem[];
  /** After the last item: "load more", the comment box. */
  end?: ReactNode;
}

/** Activity and comments in one line, oldest first or last as given. */
export function Timeline({ label, items, end }: TimelineProps) {
  return (
    <div>
      <ol aria-label={label} className="relative">
        {items.map((item, index) => (
          <li key={item.id} className="relative flex gap-3 pb-4">
            {index < items.length - 1 && (
              <span aria-hidden="true" className="absolute top-7 bottom-0 left-3 w-px bg-line" />
            )}
            <span className="flex size-6 shrink-0 items-center justify-center text-muted [&_svg]:size-4">
              {item.mark}
            </span>
            <div className="min-w-0 flex-1">
              <div className="flex min-h-6 flex-wrap items-center gap-x-2 text-dense">
                <span className="min-w-0">{item.text}</span>
                <time dateTime={item.dateTime} title={item.timeTitle} className="num text-meta text-muted">
                  {item.time}
                </time>
                {item.actions && <span className="ml-auto flex items-center">{item.actions}</span>}
              </div>
              {item.body && (
                <div
                  className={clsx(
                    'mt-1 rounded-control border px-3 py-2',
                    item.tone === 'note' ? 'border-transparent bg-warning-soft' : 'border-line bg-surface',
                  )}
                >
                  {item.body}
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
      {end}
    </div>
  );
}
