import { CircleCheck, CircleDashed, CircleDot, Plus } from 'lucide-react';
import { useState } from 'react';
import { Board } from '@/components/patterns/Board';
import type { BoardMove } from '@/components/patterns/board-model';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { Section } from './Section';
import { type SampleRow, sampleRows } from './samples';

type Places = Record<string, readonly string[]>;

/** The order after a move, as a page patches its lists. */
function afterMove(places: Places, move: BoardMove): Places {
  const target = (places[move.columnId] ?? []).filter((id) => id !== move.itemId);
  const at = move.beforeId ? target.indexOf(move.beforeId) : target.length;
  return {
    ...places,
    [move.fromColumnId]: (places[move.fromColumnId] ?? []).filter((id) => id !== move.itemId),
    [move.columnId]: [...target.slice(0, at), move.itemId, ...target.slice(at)],
  };
}

export function KitBoard() {
  const t = useT();
  const format = useFormat();
  const rows = new Map(sampleRows(t, 130).map((row) => [row.id, row]));
  const ids = [...rows.keys()];
  const [places, setPlaces] = useState<Places>({
    open: ids.slice(0, 4),
    waiting: ids.slice(4, 6),
    closed: ids.slice(6),
    empty: [],
  });
  const icons = {
    open: <CircleDot />,
    waiting: <CircleDashed />,
    closed: <CircleCheck />,
    empty: <CircleDashed />,
  };
  const names = {
    open: t('kit.open'),
    waiting: t('kit.waiting'),
    closed: t('kit.closed'),
    empty: t('kit.archive'),
  };
  const columns = (['open', 'waiting', 'closed', 'empty'] as const).map((id) => ({
    id,
    name: names[id],
    icon: icons[id],
    items: (places[id] ?? []).flatMap((rowId) => rows.get(rowId) ?? []),
    action: <IconButton size="sm" label={`${t('kit.newTicket')}: ${names[id]}`} icon={<Plus />} />,
  }));
  return (
    <Section title={t('kit.board')}>
      <div className="h-105">
        <Board
          label={t('kit.board')}
          columns={columns}
          cardLabel={(row) => `#${format.number(row.number)} ${row.title}`}
          renderCard={(row) => <Card row={row} />}
          onMove={(move) => setPlaces(afterMove(places, move))}
          onOpen={() => undefined}
        />
      </div>
    </Section>
  );
}

function Card({ row }: { row: SampleRow }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1.5">
      <span className="num text-meta text-muted">#{format.number(row.number)}</span>
      <span className="line-clamp-2 font-medium">{row.title}</span>
      <span className="flex items-center gap-2">
        <Badge>{t('kit.tag')}</Badge>
        <span className="num text-meta text-muted">{format.day(row.day, 'short')}</span>
        <span className="ml-auto">
          <Avatar name={row.person} size="sm" />
        </span>
      </span>
    </div>
  );
}
