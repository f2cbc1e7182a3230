import { useInfiniteQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bootstrap, Notification, NotificationMark, Person } from '@/api/schema';
import type { Body } from '@/api/types';
import { Toaster } from '@/components/ui/toast';
import { clearToasts } from '@/components/ui/toast-store';
import { type Hotkey, hotkeys } from '@/lib/hotkeys';
import { tokens } from '@/lib/token';
import { notificationListOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';
import { rows } from '@/queries/pages';
import { aSession, ORG } from '@/test/factories';
import { show } from '@/test/render';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { InboxList } from './InboxList';
import { searchOf } from './view';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => void tokens.accept(aSession()));
afterEach(() => {
  server.resetHandlers();
  clearToasts();
});
afterAll(() => server.close());

const bikash: Person = {
  id: 'u2',
  email: 'bikash@himaltraders.example',
  fullName: 'Bikash Gurung',
  displayName: null,
  timeZone: 'Asia/Kathmandu',
  roleId: 'r1',
  joinedAt: '2026-01-01T00:00:00.000Z',
};

const notice = (id: string, title: string, more: Partial<Notification> = {}): Notification => ({
  id,
  eventId: `e-${id}`,
  category: 'assignments',
  type: 'ticket_assigned',
  subject: { type: 'ticket', id: `t-${id}`, version: null },
  actorId: 'u2',
  data: { number: 7, title },
  critical: false,
  createdAt: '2026-11-20T00:00:00.000Z',
  seenAt: null,
  readAt: null,
  archivedAt: null,
  snoozedUntil: null,
  ...more,
});

/** The server's side: it keeps what it was told. */
function serve(...list: Notification[]) {
  let kept = list;
  const marks: [string, NotificationMark][] = [];
  const at = '2026-11-23T00:00:00.000Z';
  const effect: Record<NotificationMark, Partial<Notification>> = {
    seen: { seenAt: at },
    read: { readAt: at },
    unread: { readAt: null },
    archived: { archivedAt: at },
    restored: { archivedAt: null, snoozedUntil: null },
    snoozed: { snoozedUntil: '2099-01-01T00:00:00.000Z' },
  };
  server.use(
    http.get(api('/bootstrap'), () => HttpResponse.json(boot)),
    http.get(api('/users'), () => HttpResponse.json({ data: [bikash], nextCursor: null })),
    http.get(api('/notifications/counts'), () => HttpResponse.json({ unread: 1, unseen: 0 })),
    http.get(api('/notifications'), () =>
      HttpResponse.json({ data: kept.filter(({ archivedAt }) => !archivedAt), nextCursor: null }),
    ),
    http.post(api('/notifications/:id/mark'), async ({ request, params }) => {
      const { mark } = (await request.json()) as Body<'notifications_mark'>;
      marks.push([String(params.id), mark]);
      kept = kept.map((one) => (one.id === params.id ? { ...one, ...effect[mark] } : one));
      return HttpResponse.json(kept.find(({ id }) => id === params.id));
    }),
  );
  return marks;
}

function Inbox() {
  const { data } = useInfiniteQuery(notificationListOptions(useOrgId(), searchOf.inbox));
  return (
    <>
      <InboxList notifications={rows(data)} view="inbox" />
      <Toaster />
    </>
  );
}

const boot: Bootstrap = {
  user: aSession().user,
  organization: { id: ORG, slug: 'himal', name: 'Himal Traders' },
  role: { id: null, name: 'Member', rank: 50 },
  scopes: ['members:read', 'notifications:read'],
  apps: [],
  unread: { unread: 1, unseen: 0 },
  cursor: 1,
};

const open = async () => {
  const view = show(<Inbox />);
  await screen.findByText(/Solar panels/);
  return view;
};

const press = (key: string) => {
  const found = hotkeys.all().findLast((binding: Hotkey) => binding.keys === key);
  if (!found) throw new Error(`nothing on ${key}`);
  found.run(new KeyboardEvent('keydown', { key }));
};

const rowOf = (title: RegExp) => {
  const row = screen.getByText(title).closest('li');
  if (!row) throw new Error('no row');
  return within(row);
};

describe('InboxList', () => {
  it('says who did what, and leads to the ticket', async () => {
    serve(notice('a', 'Solar panels'), notice('b', 'Gas heaters', { type: 'ticket_mentioned' }));
    await open();
    expect(await screen.findByText('Bikash Gurung assigned you')).toBeInTheDocument();
    expect(screen.getByText('Bikash Gurung mentioned you')).toBeInTheDocument();
    expect(rowOf(/Solar panels/).getByRole('link')).toHaveAttribute('href', '/o/himal/tickets/t-a');
  });

  it('marks read, and unread again with Undo', async () => {
    const marks = serve(notice('a', 'Solar panels'));
    const { user } = await open();
    expect(rowOf(/Solar panels/).getByText('Unread')).toBeInTheDocument();
    await user.click(rowOf(/Solar panels/).getByRole('button', { name: 'Mark read' }));
    expect(rowOf(/Solar panels/).queryByText('Unread')).not.toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeInTheDocument();
    await user.keyboard('{Control>}z{/Control}');
    expect(await rowOf(/Solar panels/).findByText('Unread')).toBeInTheDocument();
    await waitFor(() =>
      expect(marks).toEqual([
        ['a', 'read'],
        ['a', 'unread'],
      ]),
    );
  });

  it('archives with E, brings it back with Undo', async () => {
    const marks = serve(notice('a', 'Solar panels'), notice('b', 'Gas heaters'));
    const { user } = await open();
    press('j');
    await waitFor(() => expect(rowOf(/Solar panels/).getByRole('link')).toHaveFocus());
    press('j');
    await waitFor(() => expect(rowOf(/Gas heaters/).getByRole('link')).toHaveFocus());
    press('k');
    await waitFor(() => expect(rowOf(/Solar panels/).getByRole('link')).toHaveFocus());
    press('e');
    await waitFor(() => expect(screen.queryByText(/Solar panels/)).not.toBeInTheDocument());
    // The one that took its place is next.
    await waitFor(() => expect(rowOf(/Gas heaters/).getByRole('link')).toHaveFocus());
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeInTheDocument();
    await user.keyboard('{Control>}z{/Control}');
    expect(await screen.findByText(/Solar panels/)).toBeInTheDocument();
    await waitFor(() =>
      expect(marks).toEqual([
        ['a', 'archived'],
        ['a', 'restored'],
      ]),
    );
  });

  it('puts back what the server did not take, and says why', async () => {
    serve(notice('a', 'Solar panels'));
    server.use(http.post(api('/notifications/:id/mark'), () => problem(403, 'scope_missing')));
    const { user } = await open();
    await user.click(rowOf(/Solar panels/).getByRole('button', { name: 'Archive' }));
    expect(await screen.findByText('Your role lacks the permission for this.')).toBeInTheDocument();
    expect(screen.getByText(/Solar panels/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });
});
