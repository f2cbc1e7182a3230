import { CircleDot, Inbox, Tag } from 'lucide-react';
import { BulkBar } from '@/components/patterns/BulkBar';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { EmptyState } from '@/components/patterns/EmptyState';
import { ErrorState, Forbidden } from '@/components/patterns/ErrorState';
import { Avatar, AvatarStack } from '@/components/ui/avatar';
import { Badge, CountBadge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Chip } from '@/components/ui/chip';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { Section, Specimen } from './Section';
import { people } from './samples';

const TONES: readonly Tone[] = ['neutral', 'accent', 'success', 'warning', 'danger', 'info', 'violet'];

export function KitStatus() {
  const t = useT();
  const format = useFormat();
  const names = people(t);
  const nothing = () => undefined;
  return (
    <Section title={t('kit.status')}>
      <Specimen name={t('kit.badge')}>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone} icon={<CircleDot />}>
            {t('kit.inProgress')}
          </Badge>
        ))}
        <CountBadge count={3} label={t('kit.unread')} format={(count) => format.number(count)} />
        <CountBadge
          count={128}
          label={t('kit.unread')}
          tone="neutral"
          format={(count) => format.number(count)}
        />
      </Specimen>
      <Specimen name={t('kit.chip')}>
        <Chip name={t('kit.tag')} icon={<Tag />} onRemove={nothing}>
          {t('kit.tag')}
        </Chip>
        <Chip name={t('kit.tag')}>{t('kit.tag')}</Chip>
        <Chip name={t('kit.tag')} onClick={nothing}>
          {t('kit.tag')}
        </Chip>
      </Specimen>
      <Specimen name={t('kit.avatar')}>
        {names.map((name) => (
          <Avatar key={name} name={name} />
        ))}
        <Avatar name={names[0] ?? ''} size="lg" />
        <Avatar name={t('kit.company')} size="lg" shape="organization" />
        <AvatarStack people={names.map((name) => ({ id: name, name }))} />
      </Specimen>
      <Specimen name={t('kit.numbers')}>
        <span className="num">{format.money({ amount: 123_456_750, currency: 'NPR' })}</span>
        <span className="num">{format.number(1_234_567)}</span>
        <span className="num">{format.dateTime('2026-11-23T04:30:00Z')}</span>
        <span className="num">{format.duration(150)}</span>
        <span className="num">{format.bytes(48_300_000)}</span>
      </Specimen>
      <Specimen name={t('kit.progress')}>
        <div className="flex w-full max-w-100 flex-col gap-3">
          <Progress label={t('kit.members')} value={7} max={10} />
          <Progress label={t('kit.members')} value={10} max={10} tone="danger" />
          <Progress label={t('kit.saving')} value={null} />
        </div>
      </Specimen>
      <Specimen name={t('kit.callout')}>
        <div className="flex w-full flex-col gap-2">
          <Callout tone="info">{t('kit.calloutInfo')}</Callout>
          <Callout tone="success">{t('kit.calloutSuccess')}</Callout>
          <Callout
            tone="warning"
            title={t('kit.calloutTitle')}
            actions={<Button size="sm">{t('kit.setUp')}</Button>}
          >
            {t('kit.calloutWarning')}
          </Callout>
          <Callout tone="danger">{t('kit.calloutDanger')}</Callout>
          <ConflictBar message={t('kit.conflict')} onKeepMine={nothing} onTakeTheirs={nothing} />
        </div>
      </Specimen>
      <Specimen name={t('kit.selection')}>
        <BulkBar count={3} onClear={nothing} total={214} onSelectAll={nothing}>
          <Button size="sm" variant="ghost">
            {t('kit.assign')}
          </Button>
        </BulkBar>
      </Specimen>
      <Specimen name={t('kit.skeleton')}>
        <div className="w-full rounded-control border border-line">
          <Loading delay={0}>
            <SkeletonRows rows={3} />
          </Loading>
        </div>
      </Specimen>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <div className="rounded-control border border-line bg-surface">
          <EmptyState
            icon={<Inbox />}
            title={t('kit.emptyTitle')}
            description={t('kit.emptyText')}
            action={<Button variant="primary">{t('kit.newTicket')}</Button>}
          />
        </div>
        <div className="rounded-control border border-line bg-surface">
          <ErrorState requestId="0193f2c4-7c1e-7b8a-9d41-52f0a6c1e8b3" onRetry={nothing} />
        </div>
        <div className="rounded-control border border-line bg-surface">
          <Forbidden level={2} permission={t('kit.permission')} grantedBy={names.slice(0, 2).join(', ')} />
        </div>
      </div>
    </Section>
  );
}
