import { useInfiniteQuery } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '@/api/schema';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LoadMore } from '@/components/ui/load-more';
import { useFormat } from '@/components/ui/preferences';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { rows } from '@/queries/pages';
import { sessionListOptions, useRevokeOtherSessions, useRevokeSession } from '@/queries/sessions';
import { LoadFailed } from './AccountPage';
import { Section } from './Section';

/** Where one is signed in. This device comes first, then what was used last. */
export function SessionsSection() {
  const t = useT();
  const list = useInfiniteQuery(sessionListOptions());
  const all = rows(list.data).toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  );
  return (
    <Section
      title={t('account.sessions')}
      description={t('account.sessionsAbout')}
      action={all.some(({ current }) => !current) && <RevokeOthers />}
    >
      {list.error && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && (
        <Loading>
          <SkeletonRows rows={3} />
        </Loading>
      )}
      {all.length > 0 && (
        <ul aria-label={t('account.sessions')} className="divide-y divide-line border-line border-y">
          {all.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      <LoadMore
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onLoadMore={() => void list.fetchNextPage()}
      />
    </Section>
  );
}

/** The server says `unknown` where the browser did not introduce itself. */
function useDevice({ device, browser, system }: Session): string {
  const t = useT();
  const known = [browser, system].filter((word) => word !== 'unknown');
  return known.length === 2 ? device : (known[0] ?? t('account.unknownDevice'));
}

const PHONES = new Set(['iOS', 'Android', 'iPadOS']);

function SessionRow({ session }: { session: Session }) {
  const t = useT();
  const format = useFormat();
  const revoke = useRevokeSession();
  const device = useDevice(session);
  const Icon = PHONES.has(session.system) ? Smartphone : Laptop;
  const end = () =>
    revoke.mutate(session.id, {
      onSuccess: () => toast({ title: t('account.sessionEnded', { device }), tone: 'success' }),
      onError: (error) => toast({ title: problemText(t, error), tone: 'danger' }),
    });
  return (
    <li className="flex items-center gap-3 py-3">
      <Icon aria-hidden="true" className="size-5 shrink-0 stroke-[1.5] text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-dense">
          <span className="min-w-0 truncate">{device}</span>
          {session.current && <Badge tone="success">{t('account.thisDevice')}</Badge>}
        </p>
        <p className="num flex flex-wrap gap-x-3 text-meta text-muted">
          <span title={t('account.address')}>{session.ip ?? t('account.unknownPlace')}</span>
          {/* The one that asks is in use right now. */}
          {!session.current && (
            <time dateTime={session.lastSeenAt} title={format.dateTime(session.lastSeenAt)}>
              {t('account.lastUsed', { when: format.relative(session.lastSeenAt) })}
            </time>
          )}
          <time dateTime={session.createdAt} title={format.dateTime(session.createdAt)}>
            {t('account.signedInAt', { when: format.relative(session.createdAt) })}
          </time>
        </p>
      </div>
      {!session.current && (
        <Button
          size="sm"
          busy={revoke.isPending}
          aria-label={t('account.revokeDevice', { device })}
          onClick={end}
        >
          {t('account.revoke')}
        </Button>
      )}
    </li>
  );
}

function RevokeOthers() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const revoke = useRevokeOtherSessions();
  const end = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        setOpen(false);
        toast({ title: t('account.othersEnded'), tone: 'success' });
      },
    });
  return (
    <>
      <Button variant="danger-quiet" onClick={() => setOpen(true)}>
        {t('account.revokeOthers')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('account.revokeOthersTitle')}
        description={t('account.revokeOthersText')}
        confirmLabel={t('account.revokeOthers')}
        busy={revoke.isPending}
        error={revoke.error && problemText(t, revoke.error)}
        onConfirm={end}
      />
    </>
  );
}
