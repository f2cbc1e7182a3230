// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: a fieldset is for forms
import { clsx } from 'clsx';
import { useId, useRef } from 'react';
import { deferred } from '@/components/ui/deferred';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import type { BoardColumnView, BoardProps } from './Board';
import { BoardCard } from './BoardCard';
import type { BoardItem, BoardMove, Direction } from './board-model';
import { useColumnDrop } from './use-board-drag';
import { useFirstLook } from './use-first-look';

/** Above this many cards only those in view are in the page. */
const VIRTUAL_FROM = 100;

const FIRST_LOOK = 8;

// Fetched for the first column that is long.
const virtualCards = deferred(() => import('./VirtualCards'));

export interface BoardColumnProps<T extends BoardItem> {
  column: BoardColumnView<T>;
  board: BoardProps<T>;
  tabStop: string | null;
  onFocusCard: (itemId: string) => void;
  onArrow: (itemId: string, direction: Direction) => void;
  onStep: (itemId: string, direction: Direction) => void;
  onMenuMove: (move: BoardMove | null) => void;
}

export function BoardColumn<T extends BoardItem>(props: BoardColumnProps<T>) {
  const t = useT();
  const format = useFormat();
  const id = useId();
  const { column } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLElement>(null);
  const over = useColumnDrop(body, column.id);
  const long = virtualCards.use(column.items.length > VIRTUAL_FROM);
  return (
    <section
      ref={body}
      aria-labelledby={id}
      className={clsx(
        'flex max-h-full w-75 shrink-0 snap-start flex-col rounded-control bg-sunken max-sm:w-[85vw]',
        over && 'outline outline-1 outline-accent -outline-offset-1',
      )}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        {column.icon && <span className="text-muted [&_svg]:size-4">{column.icon}</span>}
        <h2 id={id} className="min-w-0 truncate font-medium text-dense">
          {column.name}
        </h2>
        <span className="num text-meta text-muted">{format.number(column.count ?? column.items.length)}</span>
        {column.action && <span className="ml-auto">{column.action}</span>}
      </header>
      <div
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label={t('patterns.cardsOf', { name: column.name })}
        className="focus-inset min-h-16 flex-1 overflow-y-auto rounded-control px-2 pb-2"
      >
        {long && column.items.length > VIRTUAL_FROM ? (
          <long.VirtualCards {...props} scroller={scroller} />
        ) : (
          <PlainCards {...props} />
        )}
        {column.items.length === 0 && (
          <p className="px-1 py-3 text-center text-meta text-muted">{t('patterns.emptyColumn')}</p>
        )}
        {column.onLoadMore && (
          <LoadMore
            auto
            hasMore={column.hasMore ?? false}
            loading={column.loadingMore ?? false}
            onLoadMore={column.onLoadMore}
          />
        )}
      </div>
      {column.footer && <div className="shrink-0 px-2 pb-2">{column.footer}</div>}
    </section>
  );
}

export function cardProps<T extends BoardItem>(props: BoardColumnProps<T>, item: T, index: number) {
  const { column, board } = props;
  return {
    item,
    columnId: column.id,
    columns: board.columns,
    position: index + 1,
    total: column.count ?? column.items.length,
    board,
    tabbable: props.tabStop === item.id,
    onFocusCard: props.onFocusCard,
    onArrow: props.onArrow,
    onStep: props.onStep,
    onMenuMove: props.onMenuMove,
  };
}

function PlainCards<T extends BoardItem>(props: BoardColumnProps<T>) {
  const shown = useFirstLook(props.column.items, FIRST_LOOK);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col">
      {shown.slice(0, VIRTUAL_FROM).map((item, index) => (
        <BoardCard key={item.id} {...cardProps(props, item, index)} />
      ))}
    </ul>
  );
}
