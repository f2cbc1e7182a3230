import { clsx } from 'clsx';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useT } from '@/i18n/i18n';

export interface InlineEditProps {
  value: string;
  onSave: (value: string) => void;
  /** What is edited: "Title". */
  label: string;
  placeholder?: string;
  disabled?: boolean;
  /** Empty text is not saved, the old value comes back. */
  required?: boolean;
  maxLength?: number;
  /** Type of the text, the same when it is read and edited. */
  className?: string;
}

/** Text that becomes a box on click or Enter. Enter and leaving it save, Esc takes it back. */
export function InlineEdit(props: InlineEditProps) {
  const t = useT();
  const {
    value,
    onSave,
    label,
    placeholder,
    disabled = false,
    required = true,
    maxLength,
    className,
  } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const back = useRef(false);
  const look = clsx('-mx-1.5 min-h-control-sm rounded-chip px-1.5 py-0.5', className);

  const finish = (save: boolean) => {
    const next = draft?.trim() ?? value;
    setDraft(null);
    if (save && next !== value && !(required && next === '')) onSave(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      back.current = true;
      finish(event.key === 'Enter');
    }
  };
  if (draft !== null) {
    return (
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit it
        autoFocus
        aria-label={label}
        value={draft}
        maxLength={maxLength}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => finish(true)}
        onKeyDown={onKeyDown}
        className={clsx(look, 'w-full bg-sunken')}
      />
    );
  }
  return (
    <button
      type="button"
      disabled={disabled}
      aria-label={t('patterns.editValue', { name: label, value })}
      ref={(element) => {
        // The box is gone, the focus has to land where it came from.
        if (element && back.current) {
          back.current = false;
          element.focus();
        }
      }}
      onClick={() => setDraft(value)}
      className={clsx(look, 'max-w-full text-left not-disabled:hover:bg-hover disabled:cursor-default')}
    >
      {value || <span className="text-muted">{placeholder}</span>}
    </button>
  );
}
