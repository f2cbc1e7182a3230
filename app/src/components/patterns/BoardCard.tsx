import { clsx } from 'clsx';
import { ArrowRightLeft } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import type { BoardProps } from './Board';
import { type BoardItem, type BoardMove, type Direction, moveStep, moveTo } from './board-model';
import { useCardDrag } from './use-board-drag';

export interface BoardCardProps<T extends BoardItem> {
  item: T;
  columnId: string;
  columns: BoardProps<T>['columns'];
  position: number;
  total: number;
  board: BoardProps<T>;
  tabbable: boolean;
  onFocusCard: (itemId: string) => void;
  onArrow: (itemId: string, direction: Direction) => void;
  onStep: (itemId: string, direction: Direction) => void;
  onMenuMove: (move: BoardMove | null) => void;
  measure?: (element: HTMLElement | null) => void;
  dataIndex?: number;
  style?: CSSProperties;
}

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export function BoardCard<T extends BoardItem>(props: BoardCardProps<T>) {
  const { item, columnId, board, position, total } = props;
  const card = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState(false);
  const movable = board.canMove?.(item) ?? true;
  const drag = useCardDrag(card, { itemId: item.id, columnId, enabled: movable });
  const chosen = board.selected?.has(item.id) ?? false;

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of controls inside of the card are theirs.
    if (event.target !== event.currentTarget) return;
    const arrow = ARROWS[event.key];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const acts = new Map<string, (() => void) | undefined>([
      ['Enter', () => board.onOpen(item)],
      [' ', board.onPeek && (() => board.onPeek?.(item))],
      ['x', board.onToggleSelect && (() => board.onToggleSelect?.(item, event.shiftKey))],
      ['m', movable ? () => setMenu(true) : undefined],
    ]);
    const act = plain ? acts.get(event.key.length === 1 ? event.key.toLowerCase() : event.key) : undefined;
    if (!arrow && !act) return;
    event.preventDefault();
    event.stopPropagation();
    if (!arrow) act?.();
    else if (!event.altKey) props.onArrow(item.id, arrow);
    else if (movable) props.onStep(item.id, arrow);
  };
  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, [role="menuitem"]'))
      return;
    const select = event.ctrlKey || event.metaKey || event.shiftKey;
    if (select && board.onToggleSelect) board.onToggleSelect(item, event.shiftKey);
    else board.onOpen(item);
  };
  return (
    <li
      ref={props.measure}
      data-index={props.dataIndex}
      style={props.style}
      aria-posinset={position}
      aria-setsize={total}
      className="relative pb-2"
    >
      {drag.edge && (
        <span
          aria-hidden="true"
          className={clsx(
            'absolute inset-x-0 z-10 h-0.5 rounded-full bg-accent',
            drag.edge === 'top' ? '-top-1.25' : 'bottom-0.75',
          )}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a card holds controls of its own, a button may not */}
      <div
        ref={card}
        role="group"
        data-card={item.id}
        tabIndex={props.tabbable ? 0 : -1}
        aria-label={board.cardLabel(item)}
        aria-keyshortcuts="Enter Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight M"
        onFocus={() => props.onFocusCard(item.id)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className={clsx(
          'group/card focus-inset relative rounded-control border p-2.5 text-dense',
          chosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:border-edge',
          drag.dragging && 'opacity-40',
        )}
      >
        {board.renderCard(item)}
        {movable && <MoveMenu {...props} open={menu} onOpenChange={setMenu} />}
      </div>
    </li>
  );
}

interface MoveMenuProps<T extends BoardItem> extends BoardCardProps<T> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The way to move a card without dragging. */
function MoveMenu<T extends BoardItem>(props: MoveMenuProps<T>) {
  const t = useT();
  const { open, onOpenChange } = props;
  const name = props.board.cardLabel(props.item);
  return (
    <div
      className={clsx(
        'absolute top-1 right-1 rounded-control bg-surface',
        open
          ? ''
          : 'opacity-0 focus-within:opacity-100 group-hover/card:opacity-100 group-focus/card:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      <Menu
        align="end"
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <IconButton
            size="sm"
            tooltip={false}
            label={t('patterns.moveCard', { name })}
            icon={<ArrowRightLeft />}
            tabIndex={props.tabbable ? 0 : -1}
          />
        }
      >
        <Places {...props} />
      </Menu>
    </div>
  );
}

/** Looked up when the menu opens: a board has hundreds of cards. */
function Places<T extends BoardItem>({ item, columnId, columns, board, onMenuMove }: BoardCardProps<T>) {
  const t = useT();
  const within = [
    { label: t('patterns.moveUp'), kbd: 'Alt ↑', move: moveStep(columns, item.id, 'up') },
    { label: t('patterns.moveDown'), kbd: 'Alt ↓', move: moveStep(columns, item.id, 'down') },
  ];
  return (
    <>
      <MenuLabel>{t('patterns.moveTo')}</MenuLabel>
      {columns
        .filter((column) => column.id !== columnId && board.canMoveTo?.(item, column.id) !== false)
        .map((column) => (
          <MenuItem
            key={column.id}
            icon={column.icon}
            onSelect={() => onMenuMove(moveTo(columns, item.id, column.id, 0))}
          >
            {column.name}
          </MenuItem>
        ))}
      <MenuSeparator />
      {within.map((entry) => (
        <MenuItem
          key={entry.kbd}
          kbd={entry.kbd}
          disabled={!entry.move}
          onSelect={() => onMenuMove(entry.move)}
        >
          {entry.label}
        </MenuItem>
      ))}
    </>
  );
}
