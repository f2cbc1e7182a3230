import { useT } from '@/i18n/i18n';
import { ConflictBar } from './ConflictBar';
import type { FormConflict } from './use-shared-form';

export interface FormConflictBarProps<V> {
  conflict: FormConflict<V> | undefined;
  labels: Record<keyof V & string, string>;
  /** A value as its control shows it, where that is not its text. */
  text?: (field: keyof V & string, value: V[keyof V & string]) => string;
  busy: boolean;
}

/** "Somebody else changed this meanwhile": both values, and the choice. */
export function FormConflictBar<V>({ conflict, labels, text, busy }: FormConflictBarProps<V>) {
  const t = useT();
  const first = conflict?.fields[0];
  if (!conflict || first === undefined) return null;
  const shown = (values: V) => (text ? text(first, values[first]) : String(values[first])) || '—';
  const one = { field: labels[first], theirs: shown(conflict.theirs), mine: shown(conflict.mine) };
  const all = { fields: conflict.fields.map((field) => labels[field]).join(', ') };
  return (
    <ConflictBar
      message={conflict.fields.length > 1 ? t('patterns.conflictMany', all) : t('patterns.conflictOne', one)}
      busy={busy}
      onKeepMine={conflict.keepMine}
      onTakeTheirs={conflict.takeTheirs}
    />
  );
}
