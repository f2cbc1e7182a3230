import { Bold, Code, Italic, Link, List } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { type MarkdownMark, type Marked, markText } from './markdown-marks';
import { ServerHtml } from './ServerHtml';

export interface MarkdownFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  /** Needed outside of a `Field`. */
  label?: string;
  placeholder?: string;
  /** Asks the server for sanitised HTML; without it there is no preview. */
  preview?: (markdown: string, signal: AbortSignal) => Promise<string>;
  /** More tools; what they insert stands where the cursor was. */
  tools?: (insert: (text: string) => void) => ReactNode;
  /** Ctrl+Enter. */
  onSubmit?: () => void;
  rows?: number;
  disabled?: boolean;
  maxLength?: number;
}

const KEYS: Record<string, MarkdownMark> = { b: 'bold', i: 'italic', k: 'link', e: 'code' };

export function MarkdownField(props: MarkdownFieldProps) {
  const t = useT();
  const [view, setView] = useState<'write' | 'preview'>('write');
  const box = useRef<HTMLTextAreaElement>(null);
  const { value, onValueChange, preview, onSubmit, rows = 4, disabled = false } = props;

  const mark = (kind: MarkdownMark) => {
    const field = box.current;
    if (!field) return;
    change(field, markText(value, field.selectionStart, field.selectionEnd, kind));
  };
  const insert = (text: string) => {
    const field = box.current;
    if (!field) return;
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const at = start + text.length;
    change(field, { text: value.slice(0, start) + text + value.slice(end), from: at, to: at });
  };
  const change = (field: HTMLTextAreaElement, next: Marked) => {
    onValueChange(next.text);
    // The selection can be set only when the new text stands in the box.
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(next.from, next.to);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const kind = KEYS[event.key.toLowerCase()];
    if (kind && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      mark(kind);
    }
    if (event.key === 'Enter' && onSubmit) {
      event.preventDefault();
      onSubmit();
    }
  };
  const tools = [
    { kind: 'bold', label: t('patterns.bold'), kbd: 'Ctrl B', icon: <Bold /> },
    { kind: 'italic', label: t('patterns.italic'), kbd: 'Ctrl I', icon: <Italic /> },
    { kind: 'link', label: t('patterns.link'), kbd: 'Ctrl K', icon: <Link /> },
    { kind: 'list', label: t('patterns.list'), kbd: undefined, icon: <List /> },
    { kind: 'code', label: t('patterns.code'), kbd: 'Ctrl E', icon: <Code /> },
  ] as const;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <div role="toolbar" aria-label={t('patterns.formatting')} className="flex">
          {view === 'write' &&
            tools.map((tool) => (
              <IconButton
                key={tool.kind}
                size="sm"
                label={tool.label}
                {...(tool.kbd ? { kbd: tool.kbd } : {})}
                icon={tool.icon}
                disabled={disabled}
                onClick={() => mark(tool.kind)}
              />
            ))}
          {view === 'write' && props.tools?.(insert)}
        </div>
        {preview && (
          <Segmented
            label={t('patterns.view')}
            value={view}
            onValueChange={setView}
            options={[
              { value: 'write', label: t('patterns.write') },
              { value: 'preview', label: t('patterns.preview') },
            ]}
          />
        )}
      </div>
      {view === 'preview' && preview ? (
        <Preview markdown={value} preview={preview} />
      ) : (
        <Textarea
          ref={box}
          rows={rows}
          value={value}
          disabled={disabled}
          placeholder={props.placeholder}
          aria-label={props.label}
          maxLength={props.maxLength}
          onChange={(event) => onValueChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      )}
    </div>
  );
}

type PreviewState = { html: string } | 'loading' | 'failed';

function Preview(props: { markdown: string; preview: NonNullable<MarkdownFieldProps['preview']> }) {
  const t = useT();
  const { markdown, preview } = props;
  const [state, setState] = useState<PreviewState>('loading');
  useEffect(() => {
    const abort = new AbortController();
    preview(markdown, abort.signal).then(
      (html) => {
        if (!abort.signal.aborted) setState({ html });
      },
      () => {
        if (!abort.signal.aborted) setState('failed');
      },
    );
    return () => abort.abort();
  }, [markdown, preview]);
  return (
    <section
      aria-label={t('patterns.preview')}
      className="min-h-24 rounded-chip border border-line px-3 py-2"
    >
      {state === 'loading' && <Skeleton className="h-4 w-1/2" />}
      {state === 'failed' && <p className="text-danger text-dense">{t('patterns.previewFailed')}</p>}
      {typeof state === 'object' &&
        (state.html.trim() === '' ? (
          <p className="text-dense text-muted">{t('patterns.nothingToPreview')}</p>
        ) : (
          <ServerHtml html={state.html} />
        ))}
    </section>
  );
}
