import { ArrowRightLeft } from 'lucide-react';
import { useState } from 'react';
import { Chart, Sparkline } from '@/components/patterns/Chart';
import { DetailLayout, PropertyList } from '@/components/patterns/DetailLayout';
import { DiffView } from '@/components/patterns/DiffView';
import { InlineEdit } from '@/components/patterns/InlineEdit';
import { PageHeader } from '@/components/patterns/PageHeader';
import { ServerHtml } from '@/components/patterns/ServerHtml';
import { Timeline } from '@/components/patterns/Timeline';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { Separator } from '@/components/ui/separator';
import { useT } from '@/i18n/i18n';
import { Section } from './Section';
import { people } from './samples';

export function KitRecords() {
  const t = useT();
  const format = useFormat();
  const [first = '', second = ''] = people(t);
  const [title, setTitle] = useState(t('kit.ticket1'));
  return (
    <Section title={t('kit.records')}>
      <PageHeader
        above={t('kit.tickets')}
        title={t('kit.ticket2')}
        badge={<Badge tone="accent">{t('kit.open')}</Badge>}
        description={t('kit.noteText')}
        actions={<Button variant="primary">{t('kit.save')}</Button>}
      />
      <Separator />
      <DetailLayout
        side={
          <PropertyList
            items={[
              { id: 'state', label: t('kit.state'), value: <Badge tone="accent">{t('kit.open')}</Badge> },
              {
                id: 'person',
                label: t('kit.assignee'),
                value: (
                  <>
                    <Avatar name={first} size="sm" decorative /> {first}
                  </>
                ),
              },
              {
                id: 'due',
                label: t('kit.due'),
                value: <span className="num">{format.day('2026-12-01')}</span>,
              },
              {
                id: 'spent',
                label: t('kit.spent'),
                value: <span className="num">{format.duration(150)}</span>,
              },
            ]}
          />
        }
      >
        <InlineEdit
          label={t('kit.title')}
          value={title}
          onSave={setTitle}
          className="font-semibold text-page"
        />
        <div className="py-4">
          <ServerHtml
            html={`<p>${t('kit.noteText')}</p><ul><li>${t('kit.ticket3')}</li><li><code>INV-2083/84</code></li></ul>`}
          />
        </div>
        <Timeline
          label={t('kit.activity')}
          items={[
            {
              id: 'moved',
              mark: <ArrowRightLeft />,
              text: t('kit.movedLine', { name: first }),
              time: format.relative('2026-11-23T02:00:00Z', new Date('2026-11-23T05:00:00Z')),
              dateTime: '2026-11-23T02:00:00Z',
            },
            {
              id: 'comment',
              mark: <Avatar name={second} decorative />,
              text: <strong className="font-medium">{second}</strong>,
              time: format.relative('2026-11-23T04:40:00Z', new Date('2026-11-23T05:00:00Z')),
              dateTime: '2026-11-23T04:40:00Z',
              body: <p className="text-body">{t('kit.commentText')}</p>,
            },
            {
              id: 'note',
              mark: <Avatar name={first} decorative />,
              text: <strong className="font-medium">{first}</strong>,
              time: format.relative('2026-11-23T04:58:00Z', new Date('2026-11-23T05:00:00Z')),
              dateTime: '2026-11-23T04:58:00Z',
              tone: 'note',
              body: <p className="text-body">{t('kit.noteText')}</p>,
            },
          ]}
        />
      </DetailLayout>
      <DiffView
        label={t('kit.changes')}
        fields={[
          { id: 'priority', label: t('kit.priority'), before: t('kit.low'), after: t('kit.high') },
          { id: 'assignee', label: t('kit.assignee'), before: null, after: first },
        ]}
      />
      <KitCharts />
    </Section>
  );
}

const OPENED = [12, 18, 9, 22, 17, 25, 14, 19, 28, 21, 16, 24];
const CLOSED = [8, 15, 12, 17, 20, 19, 18, 16, 22, 25, 15, 21];

function KitCharts() {
  const t = useT();
  const format = useFormat();
  const labels = OPENED.map((_, index) =>
    format.day(`2026-11-${String(index * 2 + 1).padStart(2, '0')}`, 'short'),
  );
  const data = {
    labels,
    series: [
      { id: 'opened', label: t('kit.opened'), tone: 'accent' as const, values: OPENED },
      { id: 'closed', label: t('kit.closed'), tone: 'success' as const, values: CLOSED },
    ],
  };
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <Chart
        title={t('kit.flow')}
        summary={t('kit.flowSummary')}
        data={data}
        kind="bars"
        labelHeader={t('kit.day')}
      />
      <Chart
        title={t('kit.trend')}
        summary={t('kit.flowSummary')}
        data={data}
        kind="lines"
        labelHeader={t('kit.day')}
      />
      <div className="flex items-center gap-3">
        <span className="num font-semibold text-hero">{format.number(214)}</span>
        <Sparkline values={OPENED} summary={t('kit.flowSummary')} />
      </div>
    </div>
  );
}
