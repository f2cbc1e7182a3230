import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type TicketBoard, type TicketColumn, ticketStatusValues } from '@/api/schema';
import { InlineEdit } from '@/components/patterns/InlineEdit';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useDeleteColumn, useUpdateColumn } from '@/queries/ticketBoard';
import { AddColumn } from './AddColumn';
import { firstOpen } from './board-rules';
import { positionsAfter } from './column-order';
import { columnName, StatusMark, statusWords } from './words';

export const useCategories = () => {
  const t = useT();
  return ticketStatusValues.map((value) => ({
    value,
    label: t(statusWords[value].text),
    icon: <StatusMark status={value} decorative />,
  }));
};

/** The columns from left to right; each line saves itself. */
export function ColumnSettings({ board }: { board: TicketBoard }) {
  const t = useT();
  const update = useUpdateColumn();
  const failed = (error: unknown) =>
    toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' });
  const move = async (column: TicketColumn, step: -1 | 1) => {
    try {
      for (const change of positionsAfter(board.columns, column.id, step)) {
        const { id, version } = change.column;
        await update.mutateAsync({ id, version, change: { position: change.position } });
      }
    } catch (error) {
      failed(error);
    }
  };
  const start = firstOpen(board)?.id;
  return (
    <section aria-labelledby="columns" className="flex flex-col gap-3">
      <div>
        <h2 id="columns" className="font-semibold text-section">
          {t('tickets.columns')}
        </h2>
        <p className="text-dense text-muted">{t('tickets.columnsHint')}</p>
      </div>
      <ul className="divide-y divide-line rounded-control border border-line">
        {board.columns.map((column, index) => (
          <ColumnRow
            key={column.id}
            column={column}
            isStart={column.id === start}
            isFirst={index === 0}
            isLast={index === board.columns.length - 1}
            busy={update.isPending}
            onMove={(step) => void move(column, step)}
            onChange={(change) =>
              update.mutate({ id: column.id, version: column.version, change }, { onError: failed })
            }
          />
        ))}
      </ul>
      <AddColumn />
    </section>
  );
}

interface ColumnRowProps {
  column: TicketColumn;
  isStart: boolean;
  isFirst: boolean;
  isLast: boolean;
  busy: boolean;
  onMove: (step: -1 | 1) => void;
  onChange: (change: { name?: string; category?: TicketColumn['category'] }) => void;
}

function ColumnRow({ column, isStart, isFirst, isLast, busy, onMove, onChange }: ColumnRowProps) {
  const t = useT();
  const remove = useDeleteColumn();
  const [asking, setAsking] = useState(false);
  const categories = useCategories();
  const name = columnName(t, column);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <span className="flex">
        <IconButton
          size="sm"
          label={t('tickets.moveLeft', { name })}
          icon={<ArrowUp />}
          disabled={isFirst || busy}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="sm"
          label={t('tickets.moveRight', { name })}
          icon={<ArrowDown />}
          disabled={isLast || busy}
          onClick={() => onMove(1)}
        />
      </span>
      <span className="flex min-w-40 flex-1 items-center gap-3">
        <InlineEdit
          label={t('tickets.columnName')}
          value={name}
          maxLength={60}
          className="font-medium text-dense"
          onSave={(next) => onChange({ name: next })}
        />
        {isStart && <Badge tone="accent">{t('tickets.startsHere')}</Badge>}
      </span>
      <div className="w-44">
        <Select
          label={t('tickets.categoryOf', { name })}
          value={column.category}
          options={categories}
          disabled={busy}
          onValueChange={(category) => category !== column.category && onChange({ category })}
        />
      </div>
      <IconButton
        size="sm"
        label={t('patterns.remove', { name })}
        icon={<Trash2 />}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open);
          remove.reset();
        }}
        title={t('tickets.removeColumnTitle', { name })}
        description={t('tickets.removeColumnText')}
        confirmLabel={t('tickets.removeColumn')}
        busy={remove.isPending}
        error={remove.error && problemText(t, remove.error)}
        onConfirm={() =>
          remove.mutate({ id: column.id, version: column.version }, { onSuccess: () => setAsking(false) })
        }
      />
    </li>
  );
}
