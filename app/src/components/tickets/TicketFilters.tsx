import {
  CalendarClock,
  CalendarPlus,
  CircleDot,
  Columns3,
  Eye,
  Shapes,
  SignalHigh,
  Tag,
  UserRound,
  UserRoundPen,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ticketStatusValues } from '@/api/schema';
import { type AppliedFilter, FilterBar, type FilterDef } from '@/components/patterns/FilterBar';
import type { PickOption } from '@/components/ui/pick-list';
import { useFormat, usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { addDays, today } from '@/lib/time';
import { NOBODY, type PickField } from './field-options';
import { type FilterField, filterFields } from './filter';
import { dueRanges, readTicketsSearch, type TicketsSearch } from './search';
import type { People } from './use-people';
import { StatusMark, statusWords } from './words';

export interface TicketFiltersProps {
  search: TicketsSearch;
  options: Record<PickField, PickOption[]>;
  people: People;
  onChange: (change: Partial<TicketsSearch>) => void;
  actions?: ReactNode;
}

const TYPING_MS = 200;

const dueLabels = {
  overdue: 'tickets.dueOverdue',
  today: 'tickets.dueToday',
  week: 'tickets.dueWeek',
  month: 'tickets.dueMonth',
} as const;

function useDefs({ options, people, search }: TicketFiltersProps): (FilterDef & { id: FilterField })[] {
  const t = useT();
  const me: PickOption = { value: 'me', label: t('tickets.me'), icon: <UserRound /> };
  const persons = options.requester.filter(({ value }) => value !== people.me);
  const tags = options.tags.some(({ value }) => value === search.tag)
    ? options.tags
    : [...options.tags, ...(search.tag ? [{ value: search.tag, label: search.tag }] : [])];
  return [
    {
      id: 'status',
      label: t('tickets.state'),
      icon: <CircleDot />,
      options: ticketStatusValues.map((status) => ({
        value: status,
        label: t(statusWords[status].text),
        icon: <StatusMark status={status} decorative />,
      })),
    },
    { id: 'column', label: t('tickets.column'), icon: <Columns3 />, options: options.column },
    { id: 'priority', label: t('tickets.priority'), icon: <SignalHigh />, options: options.priority },
    { id: 'type', label: t('tickets.type'), icon: <Shapes />, options: options.type },
    {
      id: 'assignee',
      label: t('tickets.assignee'),
      icon: <UserRound />,
      multiple: false,
      options: [
        me,
        ...options.assignee
          .filter(({ value }) => value === NOBODY)
          .map((none) => ({ ...none, value: 'none' })),
        ...persons,
      ],
    },
    {
      id: 'requester',
      label: t('tickets.requester'),
      icon: <UserRoundPen />,
      multiple: false,
      options: [me, ...persons],
    },
    { id: 'watcher', label: t('tickets.watcher'), icon: <Eye />, multiple: false, options: [me, ...persons] },
    { id: 'tag', label: t('tickets.tag'), icon: <Tag />, multiple: false, options: tags },
    {
      id: 'due',
      label: t('tickets.due'),
      icon: <CalendarClock />,
      multiple: false,
      options: dueRanges.map((range) => ({ value: range, label: t(dueLabels[range]) })),
    },
    {
      id: 'created',
      label: t('tickets.createdIn'),
      icon: <CalendarPlus />,
      multiple: false,
      options: useCreatedOptions(search.created),
    },
  ];
}

/** The last days up to today; and whatever range the address came with. */
function useCreatedOptions(chosen: string | undefined): PickOption[] {
  const t = useT();
  const format = useFormat();
  const { timeZone } = usePreferences();
  const day = today(timeZone);
  const last = [7, 30, 90].map((days) => ({
    value: `${addDays(day, 1 - days)}..${day}`,
    label: t('tickets.lastDays', { days: format.number(days) }),
  }));
  if (chosen === undefined || last.some(({ value }) => value === chosen)) return last;
  const label = chosen
    .split('..')
    .map((end) => format.day(end))
    .join(' – ');
  return [...last, { value: chosen, label }];
}

const isMany = (field: FilterField) => ['status', 'column', 'priority', 'type'].includes(field);

/** The filters as chips; every one of them stands in the address. */
export function TicketFilters(props: TicketFiltersProps) {
  const t = useT();
  const { search, onChange } = props;
  const defs = useDefs(props);
  const typing = useTyping(search.q ?? '', (q) => onChange({ q: q === '' ? undefined : q }));
  const applied: AppliedFilter[] = defs.map(({ id, options = [] }) => ({
    id,
    values: [search[id] ?? []]
      .flat()
      .map((value) => options.find((option) => option.value === value) ?? { value, label: value }),
  }));
  const change = (id: string, values: readonly PickOption[]) => {
    const field = filterFields.find((candidate) => candidate === id);
    if (!field) return;
    const chosen = values.map(({ value }) => value);
    // The reader of the address turns texts into its own words, and drops what is none.
    const given = isMany(field) ? chosen : chosen[0];
    onChange({ [field]: chosen.length > 0 ? readTicketsSearch({ [field]: given })[field] : undefined });
  };
  const clear = () => onChange(Object.fromEntries(filterFields.map((field) => [field, undefined])));
  return (
    <FilterBar
      filters={defs}
      applied={applied}
      onChange={change}
      onClear={clear}
      search={{ value: typing.value, onValueChange: typing.type, placeholder: t('tickets.search') }}
      actions={props.actions}
    />
  );
}

/** What is being typed, and 200 ms after the last key what is looked for. */
function useTyping(value: string, settle: (value: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      settle(next.trim());
      setDraft(null);
    }, TYPING_MS);
  };
  return { value: draft ?? value, type };
}
