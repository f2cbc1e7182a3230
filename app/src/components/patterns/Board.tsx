// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { BoardColumn } from './BoardColumn';
import {
  type BoardColumnData,
  type BoardItem,
  type BoardMove,
  type Direction,
  findItem,
  moveDropped,
  moveStep,
  neighbour,
} from './board-model';
import { useBoardDrops } from './use-board-drag';

export interface BoardColumnView<T extends BoardItem> extends BoardColumnData<T> {
  icon?: ReactNode;
  /** The whole number of cards, which can be more than are loaded. */
  count?: number;
  /** At the right of the header: "new in this column". */
  action?: ReactNode;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
  /** Under the cards: the quick create form. */
  footer?: ReactNode;
}

export interface BoardProps<T extends BoardItem> {
  label: string;
  columns: readonly BoardColumnView<T>[];
  /** Inside of a card. The card itself is focusable; controls in it stay reachable by Tab. */
  renderCard: (item: T) => ReactNode;
  /** Names the card: "#12 Broken invoice". */
  cardLabel: (item: T) => string;
  /** By drag, by Alt and an arrow key, or by the move menu. Patch the data inside of this call. */
  onMove: (move: BoardMove) => void;
  onOpen: (item: T) => void;
  /** Space. */
  onPeek?: (item: T) => void;
  /** X, or a click with Ctrl or Shift. */
  onToggleSelect?: (item: T, range: boolean) => void;
  selected?: ReadonlySet<string>;
  canMove?: (item: T) => boolean;
  /** Columns that a card may not go to are not in its move menu. */
  canMoveTo?: (item: T, columnId: string) => boolean;
  /** Dropped, or stepped by key, where it may not go. */
  onRefused?: (move: BoardMove) => void;
}

/** Columns of cards. Arrows move the focus, Alt and an arrow moves the card, M opens the move menu. */
export function Board<T extends BoardItem>(props: BoardProps<T>) {
  const t = useT();
  const format = useFormat();
  const { columns, onMove } = props;
  const root = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  /** The card that has the focus; it keeps it when the data moves it elsewhere, as an undo does. */
  const focused = useRef<string | null>(null);
  const firstId = columns.find((column) => column.items.length > 0)?.items[0]?.id ?? null;
  const tabStop = current && findItem(columns, current) ? current : firstId;

  // A moved card is mounted anew in its column: bring the focus back to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns are what brings the card to its new place
  useEffect(() => {
    const lost = document.activeElement === document.body ? focused.current : null;
    const target = wanted.current ?? lost;
    if (!target) return;
    const card = root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(target)}"]`);
    if (card && card !== document.activeElement) card.focus();
    wanted.current = null;
  }, [columns]);

  const move = (step: BoardMove | null, keepFocus: boolean) => {
    if (!step) return;
    const place = findItem(columns, step.itemId);
    const item = place?.column.items[place.index];
    if (item && props.canMoveTo?.(item, step.columnId) === false) {
      props.onRefused?.(step);
      return;
    }
    const target = columns.find((column) => column.id === step.columnId);
    const others = target?.items.filter((item) => item.id !== step.itemId) ?? [];
    const position = step.beforeId ? others.findIndex((item) => item.id === step.beforeId) : others.length;
    if (keepFocus) {
      wanted.current = step.itemId;
      setCurrent(step.itemId);
    }
    setSaid(
      t('patterns.cardMoved', {
        column: target?.name ?? '',
        position: format.number(position + 1),
        total: format.number(others.length + 1),
      }),
    );
    onMove(step);
  };
  const focusFrom = (itemId: string, direction: Direction) => {
    const next = neighbour(columns, itemId, direction);
    if (!next) return;
    setCurrent(next);
    root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(next)}"]`)?.focus();
  };
  useBoardDrops((itemId, target) => move(moveDropped(columns, itemId, target), false));

  return (
    <section
      ref={root}
      aria-label={props.label}
      tabIndex={0}
      onBlur={() => {
        focused.current = null;
      }}
      className="-mx-4 flex h-full min-h-0 snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-2 max-sm:snap-mandatory"
    >
      {columns.map((column) => (
        <BoardColumn
          key={column.id}
          column={column}
          board={props}
          tabStop={tabStop}
          onFocusCard={(itemId) => {
            focused.current = itemId;
            setCurrent(itemId);
          }}
          onArrow={focusFrom}
          onStep={(itemId, direction) => move(moveStep(columns, itemId, direction), true)}
          onMenuMove={(step) => move(step, true)}
        />
      ))}
      <div role="status" className="sr-only">
        {said}
      </div>
    </section>
  );
}
