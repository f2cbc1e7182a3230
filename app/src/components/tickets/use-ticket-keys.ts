import { type RefObject, useState } from 'react';
import type { Ticket } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import type { Hotkey } from '@/lib/hotkeys';
import { type PaletteCommand, usePalette } from '@/lib/palette';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useCanAny } from '@/queries/bootstrap';
import { focusedCard, stepFocus } from './cards-focus';
import type { PickField } from './field-options';

/** What S, P, A and L are to change, and for which tickets. */
export interface Picking {
  field: PickField;
  tickets: readonly Ticket[];
}

export interface TicketKeysInput {
  root: RefObject<HTMLElement | null>;
  shown: readonly Ticket[];
  selected: readonly Ticket[];
  peek: string | undefined;
  onCreate: () => void;
  onClearSelection: () => void;
  onClosePeek: () => void;
}

const fieldKeys = [
  { keys: 's', field: 'column', label: 'tickets.keyStatus' },
  { keys: 'p', field: 'priority', label: 'tickets.keyPriority' },
  { keys: 'a', field: 'assignee', label: 'tickets.keyAssignee' },
  { keys: 'l', field: 'tags', label: 'tickets.keyTags' },
] as const;

/** The shortcuts of the page of tickets. They act on the selection, else on the card with the focus, else on the peek. */
export function useTicketKeys(input: TicketKeysInput) {
  const t = useT();
  const can = useCanAny();
  const [picking, setPicking] = useState<Picking | null>(null);
  const { root, shown, selected, peek } = input;
  const group = t('tickets.tickets');
  const mayCreate = can('tickets_create');
  const mayChange = can('tickets_update');

  const concerned = (): readonly Ticket[] => {
    if (selected.length > 0) return selected;
    const id = focusedCard()?.dataset.card ?? peek;
    return shown.filter((ticket) => ticket.id === id);
  };
  const pick = (field: PickField) => {
    const tickets = concerned();
    if (tickets.length > 0) setPicking({ field, tickets });
  };
  const search = () => root.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
  const leave = () => {
    if (peek !== undefined) input.onClosePeek();
    else input.onClearSelection();
  };
  const keys: Hotkey[] = [
    ...(mayCreate ? [{ keys: 'c', label: t('tickets.new'), group, run: input.onCreate }] : []),
    { keys: '/', label: t('tickets.search'), group, run: search },
    { keys: 'j', label: t('tickets.keyNext'), group, run: () => stepFocus(root.current, 1) },
    { keys: 'k', label: t('tickets.keyBefore'), group, run: () => stepFocus(root.current, -1) },
    ...(mayChange
      ? fieldKeys.map(({ keys: key, field, label }) => ({
          keys: key,
          label: t(label),
          group,
          run: () => pick(field),
        }))
      : []),
    { keys: 'Escape', run: leave },
  ];
  useHotkeys(keys, picking === null);
  const commands: PaletteCommand[] = [
    ...(mayCreate ? [{ id: 'ticket-new', label: t('tickets.new'), keys: 'c', run: input.onCreate }] : []),
    ...(mayChange && selected.length > 0
      ? fieldKeys.map(({ keys: key, field, label }) => ({
          id: `ticket-${field}`,
          label: t(label),
          keys: key,
          run: () => pick(field),
        }))
      : []),
  ];
  usePalette(commands);
  return { picking, pick, endPicking: () => setPicking(null) };
}
