import type { ReactNode } from 'react';

export type HeadingLevel = 1 | 2 | 3;

/** The title of what stands in the place of content: a heading, by which one finds it without eyes too. */
export function StateTitle({ level, children }: { level: HeadingLevel; children: ReactNode }) {
  const Tag = `h${level}` as const;
  return <Tag className="font-medium text-body">{children}</Tag>;
}
