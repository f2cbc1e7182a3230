import { Tooltip as T } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

/** One per page, near the root: a second tooltip opens at once after the first. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <T.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </T.Provider>
  );
}

export interface TooltipProps {
  text: ReactNode;
  kbd?: string | undefined;
  side?: ComponentProps<typeof T.Content>['side'];
  /** One element that takes focus. The tooltip repeats or adds to its label, it never replaces it. */
  children: ReactNode;
}

export function Tooltip({ text, kbd, side = 'bottom', children }: TooltipProps) {
  return (
    <T.Root>
      <T.Trigger asChild>{children}</T.Trigger>
      <T.Portal>
        <T.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade items-center gap-2 rounded-control bg-tip px-2 py-1 text-meta text-tip-text"
        >
          {text}
          {kbd && <kbd className="font-sans opacity-80">{kbd}</kbd>}
        </T.Content>
      </T.Portal>
    </T.Root>
  );
}
