import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type TicketBoard, type TicketColumn, ticketStatusValues } from '@/api/schema';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { InlineEdit } from '@/components/patterns/InlineEdit';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { ticketBoardOptions, useDeleteColumn, useUpdateColumn } from '@/queries/ticketBoard';
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

function useFailed() {
  const t = useT();
  return (error: unknown) =>
    toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' });
}

/** The columns from left to right; each line saves itself. */
export function ColumnSettings({ board }: { board: TicketBoard }) {
  const t = useT();
  const update = useUpdateColumn();
  const failed = useFailed();
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
            onChange={(change, version = column.version) =>
              update.mutateAsync({ id: column.id, version, change }).then(() => undefined)
            }
          />
        ))}
      </ul>
      <AddColumn />
    </section>
  );
}

type Change = { name?: string; category?: TicketColumn['category'] };

/** A new name of a column: kept at hand while somebody else was quicker with another. */
function useRename({ column, onChange }: Pick<ColumnRowProps, 'column' | 'onChange'>) {
  const client = useQueryClient();
  const org = useOrgId();
  const failed = useFailed();
  const [refused, setRefused] = useState<string>();
  const rename = async (name: string) => {
    setRefused(undefined);
    try {
      await onChange({ name });
    } catch (error) {
      if (!isCode(error, 'version_stale')) return failed(error);
      const board = await client.fetchQuery({ ...ticketBoardOptions(org), staleTime: 0 });
      const now = board.columns.find(({ id }) => id === column.id);
      if (now && now.name === column.name) return await onChange({ name }, now.version).catch(failed);
      setRefused(name);
    }
  };
  return { refused, rename, forget: () => setRefused(undefined) };
}

interface ColumnRowProps {
  column: TicketColumn;
  isStart: boolean;
  isFirst: boolean;
  isLast: boolean;
  busy: boolean;
  onMove: (step: -1 | 1) => void;
  onChange: (change: Change, version?: number) => Promise<void>;
}

function ColumnRow({ column, isStart, isFirst, isLast, busy, onMove, onChange }: ColumnRowProps) {
  const t = useT();
  const remove = useDeleteColumn();
  const [asking, setAsking] = useState(false);
  const categories = useCategories();
  const name = columnName(t, column);
  const failed = useFailed();
  const { refused, rename, forget } = useRename({ column, onChange });
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
          onSave={(next) => void rename(next)}
        />
        {isStart && <Badge tone="accent">{t('tickets.startsHere')}</Badge>}
      </span>
      <div className="w-44">
        <Select
          label={t('tickets.categoryOf', { name })}
          value={column.category}
          options={categories}
          disabled={busy}
          onValueChange={(category) => {
            if (category !== column.category) void onChange({ category }).catch(failed);
          }}
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
      {refused !== undefined && (
        <div className="basis-full">
          <ConflictBar
            message={t('patterns.conflictOne', {
              field: t('tickets.columnName'),
              theirs: name,
              mine: refused,
            })}
            busy={busy}
            onKeepMine={() => void rename(refused)}
            onTakeTheirs={forget}
          />
        </div>
      )}
    </li>
  );
}
