import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import type { LeftOut } from './use-bulk';

/** Which tickets were left out of a change of many, and why each. */
export function BulkReport({ leftOut, onClose }: { leftOut: readonly LeftOut[]; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  if (leftOut.length === 0) return null;
  const count = leftOut.length;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('tickets.leftOut', { count, shown: format.number(count) })}
      description={t('tickets.leftOutHint')}
      footer={<Button onClick={onClose}>{t('patterns.close')}</Button>}
    >
      <ul className="divide-y divide-line text-dense">
        {leftOut.map(({ ticket, row }) => {
          const id = `problem.${row.code}`;
          const text = t(id);
          return (
            <li key={ticket.id} className="flex flex-col gap-0.5 py-2">
              <span className="min-w-0 truncate font-medium">
                <span className="num text-muted">#{format.number(ticket.number)}</span> {ticket.title}
              </span>
              <span className="text-danger">{text === id ? row.detail : text}</span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
