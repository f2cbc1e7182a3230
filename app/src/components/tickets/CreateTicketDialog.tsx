import { type FormEvent, useId, useState } from 'react';
import type { FullTicket, OpenTicket, TicketBoard } from '@/api/schema';
import { MarkdownField } from '@/components/patterns/MarkdownField';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { PickOption } from '@/components/ui/pick-list';
import { useT } from '@/i18n/i18n';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useCreateTicket } from '@/queries/tickets';
import { firstOpen } from './board-rules';
import { DuePick } from './DuePick';
import { changeBy, NOBODY, type PickField } from './field-options';
import { PropertyPick } from './PropertyPick';
import { TagsEdit } from './TagsEdit';

export interface CreateTicketDialogProps {
  board: TicketBoard;
  options: Record<PickField, PickOption[]>;
  begin?: Partial<OpenTicket>;
  onClose: () => void;
  onCreated: (ticket: FullTicket) => void;
}

type Draft = Omit<OpenTicket, 'assigneeId' | 'dueAt'> & { assigneeId: string | null; dueAt: string | null };

/** A new ticket. Ctrl+Enter opens it from any of the fields. */
export function CreateTicketDialog({ board, options, begin, onClose, onCreated }: CreateTicketDialogProps) {
  const t = useT();
  const form = useId();
  const create = useCreateTicket();
  const [draft, setDraft] = useState<Draft>({
    title: '',
    description: '',
    priority: 'medium',
    type: 'task',
    tags: [],
    assigneeId: null,
    dueAt: null,
    ...begin,
  });
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const columnId = draft.columnId ?? firstOpen(board)?.id;
  const faults = create.error ? faultTexts(t, create.error) : {};
  const titleFault = tried && draft.title.trim() === '' ? t('tickets.titleNeeded') : faults.title;
  const elsewhere = create.error && Object.keys(faults).length === 0;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (draft.title.trim() === '' || create.isPending) return;
    const { assigneeId, dueAt, ...rest } = draft;
    const body: OpenTicket = {
      ...rest,
      title: draft.title.trim(),
      ...(assigneeId && { assigneeId }),
      ...(dueAt && { dueAt }),
    };
    create.mutate(body, { onSuccess: onCreated });
  };
  const pick = (field: PickField) => (value: string) => set(pickedIn(field, value));
  const chosen = (field: PickField, value: string | null | undefined) =>
    options[field].find((option) => option.value === value);
  return (
    <Dialog
      open
      sticky={draft.title !== '' || draft.description !== ''}
      onOpenChange={onClose}
      size="lg"
      title={t('tickets.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('patterns.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={create.isPending}>
            {t('tickets.create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {elsewhere && (
          <p role="alert" className="text-danger text-dense">
            {problemText(t, create.error)}
          </p>
        )}
        <Field label={t('tickets.title')} error={titleFault} required>
          <Input
            value={draft.title}
            maxLength={200}
            placeholder={t('tickets.titlePlaceholder')}
            onChange={(event) => set({ title: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
            }}
          />
        </Field>
        <Field label={t('tickets.description')} error={faults.description} optional>
          <MarkdownField
            value={draft.description ?? ''}
            onValueChange={(description) => set({ description })}
            onSubmit={submit}
            rows={6}
            maxLength={20_000}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <PropertyPick
            boxed
            label={t('tickets.status')}
            value={chosen('column', columnId)}
            options={options.column}
            onPick={pick('column')}
          />
          <PropertyPick
            boxed
            label={t('tickets.priority')}
            value={chosen('priority', draft.priority)}
            options={options.priority}
            onPick={pick('priority')}
          />
          <PropertyPick
            boxed
            label={t('tickets.type')}
            value={chosen('type', draft.type)}
            options={options.type}
            onPick={pick('type')}
          />
          <PropertyPick
            boxed
            label={t('tickets.assignee')}
            value={chosen('assignee', draft.assigneeId ?? NOBODY)}
            options={options.assignee}
            onPick={pick('assignee')}
          />
          <DuePick boxed dueAt={draft.dueAt} status="open" onPick={(dueAt) => set({ dueAt })} />
          <TagsEdit
            boxed
            tags={draft.tags ?? []}
            options={options.tags}
            onToggle={(tag, has) => {
              const tags = draft.tags ?? [];
              set({ tags: has ? tags.filter((other) => other !== tag) : [...tags, tag] });
            }}
          />
        </div>
      </form>
    </Dialog>
  );
}

/** What picking means to a ticket that is not there yet. */
function pickedIn(field: PickField, value: string): Partial<Draft> {
  const { columnId, priority, type, assigneeId } = changeBy(field, value, false);
  return {
    ...(columnId && { columnId }),
    ...(priority && { priority }),
    ...(type && { type }),
    ...(assigneeId !== undefined && { assigneeId }),
  };
}
