import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';

export interface ConflictBarProps {
  /** "Sita changed priority to High". */
  message: ReactNode;
  /** Writes mine again on top of theirs. */
  onKeepMine: () => void;
  /** Drops mine. */
  onTakeTheirs: () => void;
  busy?: boolean;
}

export function ConflictBar({ message, onKeepMine, onTakeTheirs, busy = false }: ConflictBarProps) {
  const t = useT();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-warning-soft px-3 py-1.5 text-dense"
    >
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1 basis-48">{message}</p>
      <div className="flex gap-2">
        <Button size="sm" onClick={onTakeTheirs} disabled={busy}>
          {t('patterns.takeTheirs')}
        </Button>
        <Button size="sm" variant="primary" onClick={onKeepMine} busy={busy}>
          {t('patterns.keepMine')}
        </Button>
      </div>
    </div>
  );
}
