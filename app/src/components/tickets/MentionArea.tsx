import { clsx } from 'clsx';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { candidates, type Mentioned, mentionAt, plainName } from './mentions';
import type { People } from './use-people';

export interface MentionAreaProps {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  onMention: (mentioned: Mentioned) => void;
  people: People;
  placeholder?: string;
  rows?: number;
  autoFocus?: boolean;
  invalid?: boolean;
  /** Ctrl+Enter. */
  onSubmit: () => void;
  onCancel?: () => void;
}

type Candidate = People['all'][number];

/** A box in which `@` offers people. The focus stays in the box; arrows choose, Enter or Tab takes. */
export function MentionArea(props: MentionAreaProps) {
  const t = useT();
  const id = useId();
  const { value, people, onValueChange } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState<{ from: number; query: string } | undefined>();
  const [active, setActive] = useState(0);
  const found = at && people.known ? candidates(people.all, at.query) : [];
  const isOpen = found.length > 0;
  const index = Math.min(active, found.length - 1);

  const look = (element: HTMLTextAreaElement) => {
    setAt(mentionAt(element.value, element.selectionStart));
    setActive(0);
  };
  const take = (person: Candidate | undefined) => {
    if (!person || !at) return;
    const name = plainName(person.name);
    const cursor = at.from + name.length + 2;
    const end = at.from + 1 + at.query.length;
    onValueChange(`${value.slice(0, at.from)}@${name} ${value.slice(end)}`);
    props.onMention({ id: person.id, name });
    setAt(undefined);
    // The cursor can be set only when the new text stands in the box.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(cursor, cursor);
    });
  };
  const inList = new Map<string, () => void>([
    ['ArrowDown', () => setActive((index + 1) % found.length)],
    ['ArrowUp', () => setActive((index - 1 + found.length) % found.length)],
    ['Enter', () => take(found[index])],
    ['Tab', () => take(found[index])],
    ['Escape', () => setAt(undefined)],
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    const act = sends
      ? props.onSubmit
      : isOpen
        ? inList.get(event.key)
        : event.key === 'Escape'
          ? props.onCancel
          : undefined;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className="relative">
      {isOpen && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t('tickets.mention')}
          tabIndex={-1}
          className="absolute bottom-full left-0 z-30 mb-1 w-72 max-w-full animate-pop rounded-control bg-surface p-1 shadow-float"
        >
          {found.map((person, place) => (
            // The box keeps the focus and forwards the keys.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={person.id}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === index}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(place)}
              onClick={() => take(person)}
              className={clsx(
                'flex min-h-control-sm items-center gap-2 rounded-chip px-2 py-1 text-dense',
                place === index && 'bg-hover',
              )}
            >
              <Avatar name={person.name} src={person.picture} size="sm" decorative />
              <span className="min-w-0 truncate">{person.name}</span>
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={box}
        rows={props.rows ?? 2}
        value={value}
        autoFocus={props.autoFocus ?? false}
        maxLength={20_000}
        placeholder={props.placeholder}
        aria-label={props.label}
        aria-invalid={props.invalid || undefined}
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen ? `${id}-${index}` : undefined}
        onChange={(event) => {
          onValueChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setAt(undefined)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
