import { clsx } from 'clsx';
import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useT } from '@/i18n/i18n';

export interface PickOption {
  value: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
  disabled?: boolean;
  /** More words the search finds it by. */
  keywords?: string;
}

export type LoadOptions = (query: string, signal: AbortSignal) => Promise<readonly PickOption[]>;

export interface PickListProps {
  label: string;
  selected: ReadonlySet<string>;
  onPick: (option: PickOption) => void;
  options?: readonly PickOption[];
  /** Asks the server 150 ms after the last key; replaces the filter over `options`. */
  load?: LoadOptions;
  multiple?: boolean;
  searchPlaceholder?: string;
  emptyText?: string;
  footer?: ReactNode;
}

function matches(option: PickOption, query: string): boolean {
  const text = `${option.label} ${option.hint ?? ''} ${option.keywords ?? ''}`.toLocaleLowerCase();
  return query.split(/\s+/).every((word) => text.includes(word));
}

type Loaded = { state: 'loading' | 'done' | 'failed'; options: readonly PickOption[] };

function useOptions(query: string, options: readonly PickOption[], load: LoadOptions | undefined): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading', options: [] });
  useEffect(() => {
    if (!load) return;
    const abort = new AbortController();
    setLoaded((before) => ({ ...before, state: 'loading' }));
    const timer = setTimeout(
      () => {
        load(query, abort.signal).then(
          (found) => {
            if (!abort.signal.aborted) setLoaded({ state: 'done', options: found });
          },
          () => {
            if (!abort.signal.aborted) setLoaded({ state: 'failed', options: [] });
          },
        );
      },
      query === '' ? 0 : 150,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, load]);
  const filtered = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    return wanted === '' ? options : options.filter((option) => matches(option, wanted));
  }, [query, options]);
  return load ? loaded : { state: 'done', options: filtered };
}

/** Search box over a list of options. The focus stays in the box; arrows move the active option. */
export function PickList(props: PickListProps) {
  const t = useT();
  const id = useId();
  const { label, selected, onPick, options = [], load, multiple = false, footer } = props;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const shown = useOptions(query, options, load);
  const index = Math.min(active, Math.max(0, shown.options.length - 1));

  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView?.({ block: 'nearest' });
  }, [index]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.options.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: index >= last ? 0 : index + 1,
      ArrowUp: index <= 0 ? last : index - 1,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined && last >= 0) {
      event.preventDefault();
      setActive(next);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const option = shown.options[index];
      if (option && !option.disabled) onPick(option);
    }
  };

  const status = statusText(shown, props.emptyText, t);
  return (
    <div className="flex max-h-96 flex-col">
      <div className="relative border-line border-b">
        <Search aria-hidden="true" className="absolute top-2.5 left-3 size-4 text-muted" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown.options.length > 0 ? `${id}-${index}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={props.searchPlaceholder ?? t('patterns.search')}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="focus-inset h-9 w-full rounded-t-control bg-transparent pr-3 pl-9 text-dense"
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        aria-busy={shown.state === 'loading'}
        tabIndex={-1}
        className={clsx('min-h-0 flex-1 overflow-y-auto', shown.options.length > 0 && 'p-1')}
      >
        {shown.options.map((option, place) => (
          <PickRow
            key={option.value}
            id={`${id}-${place}`}
            place={place}
            option={option}
            active={place === index}
            checked={selected.has(option.value)}
            multiple={multiple}
            onHover={() => setActive(place)}
            onPick={() => onPick(option)}
          />
        ))}
      </div>
      <div role="status" className="px-3 text-dense text-muted">
        {status && <p className="py-3">{status}</p>}
      </div>
      {footer && <div className="border-line border-t p-1">{footer}</div>}
    </div>
  );
}

function statusText(shown: Loaded, emptyText: string | undefined, t: (id: string) => string): string | null {
  if (shown.state === 'failed') return t('patterns.loadFailed');
  if (shown.options.length > 0) return null;
  return shown.state === 'loading' ? t('patterns.loading') : (emptyText ?? t('patterns.nothingFound'));
}

interface PickRowProps {
  id: string;
  place: number;
  option: PickOption;
  active: boolean;
  checked: boolean;
  multiple: boolean;
  onHover: () => void;
  onPick: () => void;
}

function PickRow({ id, place, option, active, checked, multiple, onHover, onPick }: PickRowProps) {
  return (
    // The box above keeps the focus and forwards the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      data-index={place}
      aria-selected={checked}
      aria-disabled={option.disabled || undefined}
      onPointerMove={onHover}
      onPointerDown={(event) => event.preventDefault()}
      onClick={option.disabled ? undefined : onPick}
      onKeyDown={undefined}
      className={clsx(
        'flex min-h-control-sm select-none items-center gap-2 rounded-chip px-2 py-1 text-dense [&_svg]:size-4 [&_svg]:shrink-0',
        active && 'bg-hover',
        option.disabled && 'opacity-50',
      )}
    >
      {multiple && (
        <span
          aria-hidden="true"
          className={clsx(
            'flex size-4 shrink-0 items-center justify-center rounded-chip border',
            checked ? 'border-accent bg-accent text-on-fill' : 'border-edge',
          )}
        >
          {checked && <Check className="size-3!" />}
        </span>
      )}
      {option.icon}
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.hint && <span className="truncate text-meta text-muted">{option.hint}</span>}
      {!multiple && checked && <Check aria-hidden="true" className="text-accent-text" />}
    </div>
  );
}
