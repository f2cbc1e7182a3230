import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';

export interface BulkBarProps {
  count: number;
  onClear: () => void;
  /** Offers "select all N matching". */
  total?: number;
  onSelectAll?: () => void;
  /** Buttons and menus that act on the selection. */
  children: ReactNode;
}

/** Floats at the bottom while something is selected. */
export function BulkBar({ count, onClear, total, onSelectAll, children }: BulkBarProps) {
  const t = useT();
  const format = useFormat();
  const said = t('patterns.selected', { count, shown: format.number(count) });
  return (
    <>
      <div role="status" className="sr-only">
        {count > 0 ? said : ''}
      </div>
      {count > 0 && (
        <div
          role="toolbar"
          aria-label={t('patterns.selectionActions')}
          className="sticky bottom-4 z-30 mx-auto flex w-fit max-w-full animate-sheet-up flex-wrap items-center gap-1 rounded-control bg-surface p-1 shadow-float"
        >
          <span className="num px-2 font-medium text-dense">{said}</span>
          {onSelectAll && total !== undefined && total > count && (
            <Button size="sm" variant="ghost" onClick={onSelectAll}>
              {t('patterns.selectAllMatching', { shown: format.number(total) })}
            </Button>
          )}
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          {children}
          <IconButton
            size="sm"
            label={t('patterns.clearSelection')}
            kbd="Esc"
            icon={<X />}
            onClick={onClear}
          />
        </div>
      )}
    </>
  );
}
