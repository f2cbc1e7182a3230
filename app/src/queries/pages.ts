import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from '@/api/types';

/** What a list in the cache looks like: pages by cursor. */
export type Pages<T> = InfiniteData<Page<T>, string | undefined>;

/** The parts of an infinite query that every list has. */
export const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
};

/** The rows of a list, one after the other. */
export function rows<T>(pages: InfiniteData<Page<T>, unknown> | undefined): T[] {
  return pages?.pages.flatMap((page) => page.data) ?? [];
}

/** Every page with its rows changed; the same object if nothing changed. */
export function mapRows<T>(pages: Pages<T>, change: (rows: T[]) => T[]): Pages<T> {
  let touched = false;
  const next = pages.pages.map((page) => {
    const data = change(page.data);
    if (data === page.data) return page;
    touched = true;
    return { ...page, data };
  });
  return touched ? { ...pages, pages: next } : pages;
}

/** Reads a list to its end; for short ones that a menu shows whole. */
export async function everyRow<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
