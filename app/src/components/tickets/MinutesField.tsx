import { type KeyboardEvent, useState } from 'react';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { parseMinutes, writeMinutes } from './minutes';
import { propertyLook } from './PropertyPick';

export interface MinutesFieldProps {
  label: string;
  value: number | null;
  clearable?: boolean;
  disabled?: boolean;
  onSave: (minutes: number | null) => void;
}

/** A span of time that is typed as one says it. */
export function MinutesField({
  label,
  value,
  clearable = false,
  disabled = false,
  onSave,
}: MinutesFieldProps) {
  const t = useT();
  const format = useFormat();
  const [draft, setDraft] = useState<string | null>(null);
  const wrong = draft !== null && draft.trim() !== '' && parseMinutes(draft) === undefined;
  const shown = value === null ? t('tickets.nothing') : format.duration(value);

  const finish = (save: boolean) => {
    const typed = draft?.trim() ?? '';
    const minutes = typed === '' ? (clearable ? null : 0) : parseMinutes(typed);
    if (save && minutes === undefined) return;
    setDraft(null);
    if (save && minutes !== undefined && minutes !== value) onSave(minutes);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === 'Enter');
  };
  if (draft === null) {
    return (
      <button
        type="button"
        disabled={disabled}
        aria-label={t('patterns.editValue', { name: label, value: shown })}
        onClick={() => setDraft(value ? writeMinutes(value) : '')}
        className={`${propertyLook} -mx-1.5 px-1.5`}
      >
        <span className={value === null ? 'text-muted' : 'num'}>{shown}</span>
      </button>
    );
  }
  return (
    <span className="min-w-0 flex-1">
      <Input
        autoFocus
        aria-label={label}
        aria-invalid={wrong || undefined}
        placeholder={t('tickets.minutesExample')}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => finish(!wrong)}
      />
      {wrong && (
        <span role="alert" className="text-danger text-meta">
          {t('tickets.minutesWrong')}
        </span>
      )}
    </span>
  );
}
