import type { TicketColumn } from '@/api/schema';

const STEP = 1000;

/** The positions to write so that a column stands one place further left or right; one of them unless there is no room. */
export function positionsAfter(
  columns: readonly TicketColumn[],
  id: string,
  step: -1 | 1,
): { column: TicketColumn; position: number }[] {
  const from = columns.findIndex((column) => column.id === id);
  const moved = columns[from];
  const to = from + step;
  if (!moved || to < 0 || to >= columns.length) return [];
  const order = columns.filter((column) => column.id !== id).toSpliced(to, 0, moved);
  const left = order[to - 1]?.position;
  const right = order[to + 1]?.position;
  const between = Math.floor(((left ?? (right ?? 0) - 2 * STEP) + (right ?? (left ?? 0) + 2 * STEP)) / 2);
  const fits = (left === undefined || between > left) && (right === undefined || between < right);
  if (fits) return [{ column: moved, position: between }];
  return order
    .map((column, index) => ({ column, position: (index + 1) * STEP }))
    .filter(({ column, position }) => column.position !== position);
}
