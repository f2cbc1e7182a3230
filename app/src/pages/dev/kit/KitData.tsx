import { CircleDot, Flag, MoreHorizontal, User } from 'lucide-react';
import { useMemo, useState } from 'react';
import { BulkBar } from '@/components/patterns/BulkBar';
import { DataTable } from '@/components/patterns/DataTable';
import { type AppliedFilter, FilterBar } from '@/components/patterns/FilterBar';
import type { DataColumn } from '@/components/patterns/table-model';
import { Avatar } from '@/components/ui/avatar';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { Section } from './Section';
import { people, type SampleRow, sampleRows } from './samples';

const tones: Record<SampleRow['state'], Tone> = { open: 'accent', waiting: 'warning', closed: 'success' };

function useColumns(): readonly DataColumn<SampleRow>[] {
  const t = useT();
  const format = useFormat();
  return useMemo(() => {
    const states = { open: t('kit.open'), waiting: t('kit.waiting'), closed: t('kit.closed') };
    return [
      {
        id: 'number',
        header: t('kit.number'),
        width: '64px',
        sortKey: 'number',
        card: 'hidden',
        cell: (row) => <span className="num text-muted">#{format.number(row.number)}</span>,
      },
      {
        id: 'title',
        header: t('kit.title'),
        width: 'minmax(200px, 1fr)',
        card: 'title',
        cell: (row) => row.title,
      },
      {
        id: 'state',
        header: t('kit.state'),
        width: '128px',
        cell: (row) => <Badge tone={tones[row.state]}>{states[row.state]}</Badge>,
      },
      {
        id: 'person',
        header: t('kit.assignee'),
        width: '168px',
        cell: (row) => (
          <span className="flex items-center gap-2">
            <Avatar name={row.person} size="sm" decorative />
            <span className="truncate">{row.person}</span>
          </span>
        ),
      },
      {
        id: 'day',
        header: t('kit.due'),
        width: '128px',
        sortKey: 'dueAt',
        cell: (row) => <span className="num">{format.day(row.day, 'short')}</span>,
      },
      {
        id: 'minutes',
        header: t('kit.spent'),
        width: '112px',
        align: 'end',
        cell: (row) => format.duration(row.minutes),
      },
    ];
  }, [t, format]);
}

export function KitData() {
  const t = useT();
  const format = useFormat();
  const columns = useColumns();
  const names = people(t);
  const [pages, setPages] = useState(1);
  const rows = useMemo(() => sampleRows(t, pages * 8), [t, pages]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [sort, setSort] = useState<string | null>('-dueAt');
  const [applied, setApplied] = useState<readonly AppliedFilter[]>([
    { id: 'state', values: [{ value: 'open', label: t('kit.open') }] },
  ]);
  const [search, setSearch] = useState('');
  const change: React.ComponentProps<typeof FilterBar>['onChange'] = (id, values) =>
    setApplied([...applied.filter((filter) => filter.id !== id), { id, values }]);
  return (
    <Section title={t('kit.data')}>
      <FilterBar
        search={{ value: search, onValueChange: setSearch }}
        applied={applied}
        onChange={change}
        onClear={() => setApplied([])}
        filters={[
          {
            id: 'state',
            label: t('kit.state'),
            icon: <CircleDot />,
            options: [
              { value: 'open', label: t('kit.open') },
              { value: 'waiting', label: t('kit.waiting') },
            ],
          },
          {
            id: 'person',
            label: t('kit.assignee'),
            icon: <User />,
            options: names.map((name) => ({ value: name, label: name })),
          },
          {
            id: 'priority',
            label: t('kit.priority'),
            icon: <Flag />,
            options: [{ value: 'high', label: t('kit.high') }],
          },
        ]}
      />
      <div>
        <div className="sm:overflow-hidden sm:rounded-control sm:border sm:border-line sm:bg-surface">
          <DataTable
            label={t('kit.tickets')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            rowLabel={(row) => row.title}
            onOpen={() => undefined}
            rowActions={(row) => (
              <IconButton
                size="sm"
                tooltip={false}
                label={`${t('kit.more')}: ${row.title}`}
                icon={<MoreHorizontal />}
              />
            )}
            selected={selected}
            onSelectedChange={setSelected}
            sort={sort}
            onSortChange={setSort}
            hasMore={pages < 40}
            onLoadMore={() => setPages(pages + 18)}
            note={format.number(rows.length)}
          />
        </div>
        <BulkBar
          count={selected.size}
          onClear={() => setSelected(new Set())}
          total={214}
          onSelectAll={() => undefined}
        >
          <Button size="sm" variant="ghost">
            {t('kit.assign')}
          </Button>
          <Button size="sm" variant="danger-quiet">
            {t('kit.delete')}
          </Button>
        </BulkBar>
      </div>
    </Section>
  );
}
