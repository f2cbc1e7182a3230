import { useQuery } from '@tanstack/react-query';
import { Eye, EyeOff, UserPlus } from 'lucide-react';
import { AvatarStack } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { PickList, type PickOption } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useBootstrap } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { ticketWatchersOptions, useWatchTicket } from '@/queries/ticketLinks';
import type { People } from './use-people';

export interface TicketWatchersProps {
  ticket: string;
  people: People;
  persons: readonly PickOption[];
}

/** Who is told about this ticket; oneself with one click, others with the right to assign. */
export function TicketWatchers({ ticket, people, persons }: TicketWatchersProps) {
  const t = useT();
  const { data } = useQuery({ ...ticketWatchersOptions(useOrgId(), ticket), throwOnError: false });
  const watch = useWatchTicket();
  const mayAddOthers = useBootstrap()?.scopes.includes('tickets:assign') ?? false;
  const watchers = (data ?? []).map(({ userId }) => userId);
  const isMine = watchers.includes(people.me);
  const toggle = (userId: string) =>
    watch.mutate(
      { ticket, userId, watch: !watchers.includes(userId) },
      {
        onError: (error) =>
          toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  return (
    <section aria-label={t('tickets.watchers')} className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium text-dense text-muted">{t('tickets.watchers')}</h2>
        <Button
          size="sm"
          variant="ghost"
          icon={isMine ? <EyeOff /> : <Eye />}
          disabled={!data}
          busy={watch.isPending}
          onClick={() => toggle(people.me)}
        >
          {t(isMine ? 'tickets.unwatch' : 'tickets.watch')}
        </Button>
      </div>
      <div className="flex min-h-control-sm items-center gap-2">
        {watchers.length > 0 ? (
          <AvatarStack
            max={6}
            people={watchers.map((id) => ({ id, name: people.name(id), src: people.picture(id) ?? null }))}
          />
        ) : (
          <span className="text-dense text-muted">{data && t('tickets.nobodyWatches')}</span>
        )}
        {mayAddOthers && people.known && (
          <Popover
            label={t('tickets.watchers')}
            className="w-60"
            trigger={<IconButton size="sm" label={t('tickets.addWatcher')} icon={<UserPlus />} />}
          >
            <PickList
              multiple
              label={t('tickets.watchers')}
              options={persons}
              selected={new Set(watchers)}
              onPick={({ value }) => toggle(value)}
            />
          </Popover>
        )}
      </div>
    </section>
  );
}
