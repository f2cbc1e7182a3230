import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/i18n';

export interface ChipProps {
  icon?: ReactNode;
  /** The chip as plain text, for the name of its remove button. */
  name: string;
  onRemove?: () => void;
  onClick?: () => void;
  children: ReactNode;
}

/** A value one can take away: a tag, an applied filter, an address. */
export function Chip({ icon, name, onRemove, onClick, children }: ChipProps) {
  const t = useT();
  const body = (
    <>
      {icon}
      <span className="truncate">{children}</span>
    </>
  );
  const look = 'flex min-w-0 items-center gap-1 px-2 [&_svg]:size-3.5 [&_svg]:shrink-0';
  return (
    <span className="inline-flex h-6.5 max-w-full items-stretch overflow-hidden rounded-chip border border-line bg-surface text-dense">
      {onClick ? (
        <button type="button" onClick={onClick} className={clsx(look, 'focus-inset hover:bg-hover')}>
          {body}
        </button>
      ) : (
        <span className={look}>{body}</span>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={t('patterns.remove', { name })}
          onClick={onRemove}
          className="focus-inset flex w-6 shrink-0 items-center justify-center border-line border-l text-muted hover:bg-hover hover:text-text"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </span>
  );
}
