import type { ReactNode } from 'react';

interface MenuRowProps {
  icon?: ReactNode;
  kbd?: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
}

export function MenuRow({ icon, kbd, hint, children }: MenuRowProps) {
  return (
    <>
      {icon && <span className="opacity-70">{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {hint && <span className="block text-meta text-muted">{hint}</span>}
      </span>
      {kbd && <span className="pl-4 text-meta text-muted">{kbd}</span>}
    </>
  );
}
