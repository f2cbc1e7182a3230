import { type BaseSyntheticEvent, useEffect, useState } from 'react';
import type { FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';

export interface SharedFormProps<E extends { version: number }, V extends FieldValues> {
  form: UseFormReturn<V>;
  /** As it is known by now: it may become newer while one types. */
  entity: E;
  /** What the form shows of it, one plain value for each field. */
  values: (entity: E) => V;
  /** Writes the fields that one changed, and nothing else, over this version. */
  write: (change: Partial<V>, version: number) => Promise<E>;
  /** Asks for the newest. */
  refetch: () => Promise<E>;
  onSaved: (after: E, before: E) => void;
}

/** Both changed the same fields: nothing is written until one of them is chosen. */
export interface FormConflict<V> {
  fields: (keyof V & string)[];
  theirs: V;
  mine: V;
  keepMine: () => void;
  takeTheirs: () => void;
}

export interface SharedForm<V> {
  submit: (event?: BaseSyntheticEvent) => Promise<void>;
  saving: boolean;
  dirty: boolean;
  conflict: FormConflict<V> | undefined;
}

const MOST_TRIES = 3;

/**
 * A form over something that others change too. What they change is taken over where one typed nothing, also in the
 * middle of a save; what one typed is never lost, and never written over what one has not seen.
 */
export function useSharedForm<E extends { version: number }, V extends FieldValues>(
  props: SharedFormProps<E, V>,
): SharedForm<V> {
  const t = useT();
  const { form, entity, values, write, refetch, onSaved } = props;
  // What the form was filled with, and so what a change is a change of.
  const [base, setBase] = useState(entity);
  const [saving, setSaving] = useState(false);
  const mine = form.watch();
  const isNews = entity.version > base.version && !saving;
  const contested = isNews ? both(values(base), values(entity), mine) : [];

  /** Fields that are still what `reference` says become what they are now; the others stay as one typed them. */
  const rebase = (onto: E, reference: V) => {
    const [next, now] = [values(onto), form.getValues()];
    for (const field of fieldsOf(next)) {
      if (now[field] === reference[field] && now[field] !== next[field]) set(form, field, next[field]);
    }
    setBase(onto);
  };

  const save = async (sent: V, before: E) => {
    const change = changed(values(before), sent);
    if (Object.keys(change).length === 0) return before;
    for (let turn = 1, { version } = before; ; turn += 1) {
      try {
        return await write(change, version);
      } catch (error) {
        if (!isCode(error, 'version_stale') || turn === MOST_TRIES) throw error;
        const latest = await refetch();
        // The conflict shows itself, from what is known by now.
        if (both(values(before), values(latest), sent).length > 0) return undefined;
        version = latest.version;
      }
    }
  };

  const submitOver = (before: E) =>
    form.handleSubmit(async (sent) => {
      setSaving(true);
      try {
        const after = await save(sent, before);
        if (!after) return;
        rebase(after, sent);
        onSaved(after, before);
      } catch (error) {
        if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
      } finally {
        setSaving(false);
      }
    });

  useEffect(() => {
    if (isNews && contested.length === 0) rebase(entity, values(base));
  });

  const conflict = {
    fields: contested,
    theirs: values(entity),
    mine,
    keepMine: () => {
      rebase(entity, values(base));
      void submitOver(entity)();
    },
    takeTheirs: () => {
      const theirs = values(entity);
      for (const field of contested) set(form, field, theirs[field]);
      rebase(entity, values(base));
    },
  };
  return {
    submit: submitOver(base),
    saving,
    dirty: fieldsOf(values(base)).some((field) => mine[field] !== values(base)[field]),
    conflict: contested.length > 0 ? conflict : undefined,
  };
}

/** The fields that are not as they were: an update sends nothing else. */
export function changed<V extends object>(before: V, after: V): Partial<V> {
  const differing = fieldsOf(after).filter((field) => before[field] !== after[field]);
  // Entries of `after` under its own keys.
  return Object.fromEntries(differing.map((field) => [field, after[field]])) as Partial<V>;
}

/** The fields that two people changed, each to something else. */
function both<V extends object>(was: V, theirs: V, mine: V): (keyof V & string)[] {
  return fieldsOf(was).filter(
    (field) => theirs[field] !== was[field] && mine[field] !== was[field] && theirs[field] !== mine[field],
  );
}

function fieldsOf<V extends object>(values: V): (keyof V & string)[] {
  // The keys of a form's values are those of their type; the language does not say so.
  return Object.keys(values) as (keyof V & string)[];
}

function set<V extends FieldValues, F extends keyof V & string>(
  form: UseFormReturn<V>,
  field: F,
  value: V[F],
): void {
  // The values are flat: a key is a path, and what is under it is the value of that path.
  form.setValue(field as unknown as Path<V>, value as PathValue<V, Path<V>>, { shouldDirty: true });
}
