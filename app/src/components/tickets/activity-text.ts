import { type TicketActivity, type TicketBoard, ticketRelationValues } from '@/api/schema';
import type { useFormat } from '@/components/ui/preferences';
import type { Translate } from '@/i18n/i18n';
import type { People } from './use-people';
import { detailsOf } from './use-ticket-edit';
import { columnName, priorityWords, relationWords, typeWords } from './words';

export interface ActivitySources {
  t: Translate;
  format: ReturnType<typeof useFormat>;
  people: People;
  board: TicketBoard | undefined;
  /** The number and title of a linked ticket, where it is known. */
  linked: (id: string) => string | undefined;
}

/** The fields in the order in which a line names them. The status follows the column and is not said twice. */
const fields = [
  'title',
  'description',
  'columnId',
  'priority',
  'type',
  'assigneeId',
  'requesterId',
  'dueAt',
  'tags',
  'estimateMinutes',
  'spentMinutes',
] as const;
type Field = (typeof fields)[number];

const fieldNames: Record<Field, string> = {
  title: 'tickets.title',
  description: 'tickets.description',
  columnId: 'tickets.status',
  priority: 'tickets.priority',
  type: 'tickets.type',
  assigneeId: 'tickets.assignee',
  requesterId: 'tickets.requester',
  dueAt: 'tickets.due',
  tags: 'tickets.tags',
  estimateMinutes: 'tickets.estimate',
  spentMinutes: 'tickets.spent',
};

export const fieldName = (t: Translate, field: string): string => {
  const known = fields.find((candidate) => candidate === field);
  return known ? t(fieldNames[known]) : field;
};

/** A value of a field in words. */
export function valueText(field: string, value: unknown, sources: ActivitySources): string {
  const { t, format, people, board } = sources;
  const nothing = t('tickets.nothing');
  if (value === null || value === undefined || value === '') {
    return field === 'assigneeId' ? t('tickets.nobody') : nothing;
  }
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : nothing;
  if (typeof value === 'number') return format.duration(value);
  const text = String(value);
  const readers: Record<string, () => string> = {
    columnId: () => {
      const column = board?.columns.find(({ id }) => id === text);
      return column ? columnName(t, column) : t('tickets.formerColumn');
    },
    priority: () => wordOf(t, priorityWords, text),
    type: () => wordOf(t, typeWords, text),
    assigneeId: () => people.name(text),
    requesterId: () => people.name(text),
    dueAt: () => format.date(text),
  };
  return readers[field]?.() ?? text;
}

function wordOf(t: Translate, words: Record<string, { text: string }>, value: string): string {
  const word = words[value];
  return word ? t(word.text) : value;
}

/** What a line of history says, one sentence per field. Comments speak for themselves. */
export function activityTexts(activity: TicketActivity, sources: ActivitySources): string[] {
  const { t, people } = sources;
  const name = people.name(activity.actorId);
  const details = detailsOf(activity.details);
  if (activity.kind === 'opened') return [t('tickets.didOpen', { name })];
  if (activity.kind === 'linked' || activity.kind === 'unlinked') {
    const relation = ticketRelationValues.find((value) => value === details.relation);
    const other = typeof details.ticketId === 'string' ? sources.linked(details.ticketId) : undefined;
    const values = {
      name,
      relation: relation ? t(relationWords[relation]) : '',
      other: other ?? t('tickets.anotherTicket'),
    };
    return [t(activity.kind === 'linked' ? 'tickets.didLink' : 'tickets.didUnlink', values)];
  }
  if (activity.kind !== 'changed') return [];
  return fields
    .filter((field) => field in details.after || field in details.before)
    .map((field) => changeText(field, details, name, sources));
}

function changeText(
  field: Field,
  { before, after }: ReturnType<typeof detailsOf>,
  name: string,
  sources: ActivitySources,
): string {
  const { t } = sources;
  const values = {
    name,
    before: valueText(field, before[field], sources),
    after: valueText(field, after[field], sources),
  };
  if (field === 'description') return t('tickets.didDescribe', { name });
  if (field === 'columnId') return t('tickets.didMove', values);
  if (field === 'assigneeId') return t(after[field] ? 'tickets.didAssign' : 'tickets.didUnassign', values);
  if (field === 'tags') return tagText(before.tags, after.tags, name, t);
  return t('tickets.didChange', { ...values, field: t(fieldNames[field]).toLocaleLowerCase() });
}

function tagText(before: unknown, after: unknown, name: string, t: Translate): string {
  const was = Array.isArray(before) ? before.map(String) : [];
  const is = Array.isArray(after) ? after.map(String) : [];
  const added = is.filter((tag) => !was.includes(tag)).join(', ');
  const removed = was.filter((tag) => !is.includes(tag)).join(', ');
  if (added && removed) return t('tickets.didRetag', { name, added, removed });
  return added ? t('tickets.didTag', { name, tags: added }) : t('tickets.didUntag', { name, tags: removed });
}
