import { clsx } from 'clsx';
import { Tabs as T } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabItem<V extends string = string> {
  value: V;
  label: ReactNode;
  count?: number | string;
  content: ReactNode;
}

export interface TabsProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  label: string;
  items: readonly TabItem<V>[];
  className?: string;
}

export const tabLook =
  'focus-inset relative flex h-9 items-center gap-1.5 whitespace-nowrap px-2 font-medium text-dense text-muted transition-colors duration-120 hover:text-text after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full data-[state=active]:text-text data-[state=active]:after:bg-accent data-[status=active]:text-text data-[status=active]:after:bg-accent';

export const tabListLook = 'flex overflow-x-auto border-line border-b';

/** Parts of one page. Tabs that have an address of their own are links with `tabLook`. */
export function Tabs<V extends string>({ value, onValueChange, label, items, className }: TabsProps<V>) {
  const pick = (next: string) => {
    const item = items.find((candidate) => candidate.value === next);
    if (item) onValueChange(item.value);
  };
  return (
    <T.Root value={value} onValueChange={pick} className={className}>
      <T.List aria-label={label} className={tabListLook}>
        {items.map((item) => (
          <T.Trigger key={item.value} value={item.value} className={tabLook}>
            {item.label}
            {item.count !== undefined && (
              <span className="num font-normal text-meta text-muted">{item.count}</span>
            )}
          </T.Trigger>
        ))}
      </T.List>
      {items.map((item) => (
        <T.Content key={item.value} value={item.value} className={clsx('pt-4')}>
          {item.content}
        </T.Content>
      ))}
    </T.Root>
  );
}
