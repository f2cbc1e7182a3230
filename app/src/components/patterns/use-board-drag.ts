import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';

const KIND = 'board-card';

export interface DropTarget {
  columnId: string;
  overId?: string;
  edge?: 'top' | 'bottom';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Tells once per drop where a card was let go. */
export function useBoardDrops(onDrop: (itemId: string, target: DropTarget) => void): void {
  const dropped = useEffectEvent(onDrop);
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === KIND,
        onDrop: ({ source, location }) => {
          const [innermost] = location.current.dropTargets;
          const itemId = text(source.data.itemId);
          const columnId = text(innermost?.data.columnId);
          if (!innermost || !itemId || !columnId) return;
          const overId = text(innermost.data.itemId);
          const edge = extractClosestEdge(innermost.data);
          dropped(itemId, {
            columnId,
            ...(overId ? { overId } : {}),
            ...(edge === 'top' || edge === 'bottom' ? { edge } : {}),
          });
        },
      }),
    [],
  );
}

export interface CardDrag {
  dragging: boolean;
  /** The edge at which a line shows where the dragged card would land. */
  edge: 'top' | 'bottom' | null;
}

export function useCardDrag(
  ref: RefObject<HTMLElement | null>,
  card: { itemId: string; columnId: string; enabled: boolean },
): CardDrag {
  const { itemId, columnId, enabled } = card;
  const [state, setState] = useState<CardDrag>({ dragging: false, edge: null });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const setEdge = (edge: CardDrag['edge']) =>
      setState((before) => (before.edge === edge ? before : { ...before, edge }));
    return combine(
      draggable({
        element,
        canDrag: () => enabled,
        getInitialData: () => ({ kind: KIND, itemId, columnId }),
        onDragStart: () => setState({ dragging: true, edge: null }),
        onDrop: () => setState({ dragging: false, edge: null }),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === KIND,
        getData: ({ input }) =>
          attachClosestEdge({ itemId, columnId }, { element, input, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => {
          const edge = extractClosestEdge(self.data);
          const own = source.data.itemId === itemId;
          setEdge(own || (edge !== 'top' && edge !== 'bottom') ? null : edge);
        },
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    );
  }, [ref, itemId, columnId, enabled]);
  return state;
}

/** The column as a target for its free part; true while a card is over it. */
export function useColumnDrop(ref: RefObject<HTMLElement | null>, columnId: string): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === KIND,
      getData: () => ({ columnId }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
  }, [ref, columnId]);
  return over;
}
