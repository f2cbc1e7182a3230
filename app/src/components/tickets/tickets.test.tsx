import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TicketBoard as BoardFacts, Bootstrap, FullTicket, Person, Ticket } from '@/api/schema';
import type { Body, Ok } from '@/api/types';
import { Toaster } from '@/components/ui/toast';
import { clearToasts } from '@/components/ui/toast-store';
import { tokens } from '@/lib/token';
import { bootstrapOptions } from '@/queries/bootstrap';
import { keys } from '@/queries/keys';
import { everybodyOptions } from '@/queries/users';
import { useSession } from '@/stores/session';
import { aSession, aTicket, ORG } from '@/test/factories';
import { show } from '@/test/render';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { CommentBox } from './CommentBox';
import type { TicketsSearch } from './search';
import { TicketsWork } from './TicketsWork';
import { TicketView } from './TicketView';
import { usePeople } from './use-people';

const OPEN = '01a205b6-0000-7000-8000-00000000000a';
const DONE = '01a205b6-0000-7000-8000-00000000000b';
const ME = '01a205b6-0000-7000-8000-000000000001';
const SITA = '01a205b6-0000-7000-8000-000000000002';
const FIRST = '01a205b6-0000-7000-8000-0000000000f1';
const SECOND = '01a205b6-0000-7000-8000-0000000000f2';
const AT = '2026-11-01T00:00:00.000Z';

const board: BoardFacts = {
  columns: [
    { id: OPEN, name: 'Open', category: 'open', position: 1000, version: 1 },
    { id: DONE, name: 'Done', category: 'resolved', position: 2000, version: 1 },
  ],
  transitions: null,
  version: 1,
};

const sita: Person = {
  id: SITA,
  fullName: 'Sita Rai',
  displayName: null,
  email: 'sita@himaltraders.example',
  timeZone: 'Asia/Kathmandu',
  roleId: ME,
  joinedAt: AT,
};

const boot: Bootstrap = {
  user: {
    id: ME,
    email: 'anjali@himaltraders.example',
    fullName: 'Anjali Maharjan',
    displayName: null,
    locale: 'en',
    timeZone: 'Asia/Kathmandu',
    calendar: 'ad',
    theme: 'system',
  },
  organization: { ...aSession().organizations[0], id: ORG } as Bootstrap['organization'],
  role: { id: ME, name: 'Member', rank: 50 },
  scopes: ['tickets:read', 'tickets:write', 'tickets:assign', 'members:read'],
  apps: ['tickets'],
  unread: {} as Bootstrap['unread'],
  cursor: 1,
};

const full = (ticket: Ticket, description = ''): FullTicket => ({ ...ticket, description });
const list = (...data: Ticket[]): Ok<'tickets_list'> => ({ data, nextCursor: null, totalCount: data.length });
const none = { data: [], nextCursor: null };

/** The tickets of the server of a test, by column. */
let stored: Ticket[] = [];
let asked: URL[] = [];

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  vi.spyOn(tokens, 'bearer').mockResolvedValue('token-1');
  useSession.setState({ organization: aSession().organizations[0] });
  asked = [];
  stored = [
    aTicket(FIRST, { number: 1, title: 'Broken kettle', columnId: OPEN }),
    aTicket(SECOND, { number: 2, title: 'Late lorry', columnId: OPEN }),
  ];
  server.use(
    http.get(api('/bootstrap'), () => HttpResponse.json<Ok<'bootstrap_get'>>(boot)),
    http.get(api('/ticket-board'), () => HttpResponse.json<Ok<'ticket_board_get'>>(board)),
    http.get(api('/tickets'), ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      const columns = url.searchParams.getAll('columnId');
      return HttpResponse.json(list(...stored.filter(({ columnId }) => columns.includes(columnId))));
    }),
  );
});
afterEach(() => {
  clearToasts();
  server.resetHandlers();
});
afterAll(() => server.close());

function shown(part: React.ReactNode) {
  return show(
    <>
      {part}
      <Toaster />
    </>,
    (client) => {
      client.setQueryDefaults(keys.bootstrap(ORG), { staleTime: Number.POSITIVE_INFINITY });
      client.setQueryData(bootstrapOptions(ORG).queryKey, boot);
      client.setQueryData(everybodyOptions(ORG).queryKey, [sita]);
    },
  );
}

async function work(search: TicketsSearch = {}) {
  const onChange = vi.fn();
  const onOpen = vi.fn();
  const view = shown(<TicketsWork search={search} board={board} onChange={onChange} onOpen={onOpen} />);
  await screen.findByRole('group', { name: '#1 Broken kettle' });
  return { ...view, onChange, onOpen };
}

const card = (name: string) => screen.getByRole('group', { name });
const column = (name: string) => screen.getByRole('region', { name });

describe('the board', () => {
  it('moves a card by key, at once, and tells the server its neighbours and version', async () => {
    const sent = vi.fn();
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.post(api('/tickets/:id/move'), async ({ request }) => {
        sent(await request.json(), request.headers.get('If-Match'), request.headers.get('Idempotency-Key'));
        await answered;
        stored = stored.map((ticket) =>
          ticket.id === FIRST ? { ...ticket, columnId: DONE, status: 'resolved', version: 2 } : ticket,
        );
        return HttpResponse.json<Ok<'tickets_move'>>(full(stored[0] ?? aTicket(FIRST)));
      }),
    );
    const { user } = await work();
    card('#1 Broken kettle').focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    // Nothing has been answered yet.
    expect(within(column('Done')).getByRole('group', { name: '#1 Broken kettle' })).toHaveFocus();
    await waitFor(() => expect(sent).toHaveBeenCalled());
    const body: Body<'tickets_move'> = { columnId: DONE };
    expect(sent).toHaveBeenCalledWith(body, '"1"', expect.stringMatching(/.{36}/));
    answer();
    expect(await screen.findByText('#1 moved to Done')).toBeInTheDocument();
    expect(within(column('Done')).getByRole('group', { name: '#1 Broken kettle' })).toBeInTheDocument();
  });

  it('puts the card back where it was when the server refuses, and says why', async () => {
    server.use(http.post(api('/tickets/:id/move'), () => problem(409, 'transition_not_allowed')));
    const { user } = await work();
    card('#1 Broken kettle').focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    expect(await screen.findByText('#1 was not moved')).toBeInTheDocument();
    expect(screen.getByText('Tickets may not move from this column to that one.')).toBeInTheDocument();
    const cards = within(column('Open')).getAllByRole('group', { name: /^#/ });
    expect(cards.map((element) => element.getAttribute('aria-label'))).toEqual([
      '#1 Broken kettle',
      '#2 Late lorry',
    ]);
    expect(within(column('Done')).queryByRole('group', { name: /^#/ })).not.toBeInTheDocument();
  });

  it('changes what is selected together, and lists what was left out', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/tickets/bulk'), async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json<Ok<'tickets_bulk'>>({
          results: [
            { id: FIRST, version: 2 },
            { id: SECOND, version: null, code: 'version_stale', detail: 'stale' },
          ],
        });
      }),
    );
    const { user } = await work();
    card('#1 Broken kettle').focus();
    await user.keyboard('x{ArrowDown}x');
    const bar = screen.getByRole('toolbar', { name: 'Actions on the selection' });
    await user.click(within(bar).getByRole('button', { name: 'Priority' }));
    await user.click(await screen.findByRole('option', { name: 'Urgent' }));
    expect(await screen.findByText('1 ticket was left out')).toBeInTheDocument();
    expect(screen.getByText('Somebody else changed this meanwhile.')).toBeInTheDocument();
    expect(sent).toHaveBeenCalledWith({
      tickets: [
        { id: FIRST, version: 1 },
        { id: SECOND, version: 1 },
      ],
      change: { priority: 'urgent' },
    });
  });

  it('takes a change of many back, each to what it was, by the versions it made', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/tickets/bulk'), async ({ request }) => {
        const body = (await request.json()) as Body<'tickets_bulk'>;
        sent(body);
        const results = body.tickets.map(({ id, version }) => ({ id, version: version + 1 }));
        return HttpResponse.json<Ok<'tickets_bulk'>>({ results });
      }),
    );
    stored = stored.map((ticket) => (ticket.id === SECOND ? { ...ticket, priority: 'low' } : ticket));
    const { user } = await work();
    card('#1 Broken kettle').focus();
    await user.keyboard('x{ArrowDown}x');
    const bar = screen.getByRole('toolbar', { name: 'Actions on the selection' });
    await user.click(within(bar).getByRole('button', { name: 'Priority' }));
    await user.click(await screen.findByRole('option', { name: 'Urgent' }));
    await screen.findByText('2 tickets changed');
    await user.click(screen.getByRole('button', { name: /Undo/ }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(3));
    expect(sent).toHaveBeenCalledWith({
      tickets: [{ id: FIRST, version: 2 }],
      change: { priority: 'medium' },
    });
    expect(sent).toHaveBeenCalledWith({ tickets: [{ id: SECOND, version: 2 }], change: { priority: 'low' } });
  });

  it('asks for what the address says, one list per column', async () => {
    await work({ q: 'kettle', priority: ['high'], assignee: 'me' });
    const [url] = asked;
    expect(asked.map(({ searchParams }) => searchParams.get('columnId')).toSorted()).toEqual([OPEN, DONE]);
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      search: 'kettle',
      priority: 'high',
      assigneeId: ME,
      sort: 'rank',
    });
    expect(screen.getByRole('button', { name: /Assignee.*Me/ })).toBeInTheDocument();
  });

  it('puts a chosen filter into the address', async () => {
    const { user, onChange } = await work();
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.click(await screen.findByRole('option', { name: 'Priority' }));
    await user.click(await screen.findByRole('option', { name: 'High' }));
    expect(onChange).toHaveBeenCalledWith({ priority: ['high'] });
  });
});

function Box() {
  return <CommentBox ticket={FIRST} people={usePeople()} />;
}

describe('the comment box', () => {
  it('offers people after an @, and sends who is meant', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/tickets/:id/comments'), async ({ request }) => {
        const body = (await request.json()) as Body<'ticket_comments_create'>;
        sent(body);
        return HttpResponse.json<Ok<'ticket_comments_create'>>(
          { id: ME, body: body.body, visibility: 'public', version: 1, createdAt: AT, authorId: ME },
          { status: 201 },
        );
      }),
    );
    const { user } = shown(<Box />);
    const box = screen.getByRole('textbox', { name: 'Write a comment' });
    await user.type(box, 'Please look, @si');
    expect(screen.getByRole('option', { name: 'Sita Rai' })).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{Enter}');
    expect(box).toHaveValue('Please look, @Sita Rai ');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith({ body: `Please look, @[Sita Rai](${SITA})`, visibility: 'public' }),
    );
    await waitFor(() => expect(box).toHaveValue(''));
  });

  it('keeps the text and names the fault when a note would tell a guest', async () => {
    server.use(
      http.post(api('/tickets/:id/comments'), () =>
        problem(422, 'invalid_input', {
          errors: [{ pointer: '#/body', code: 'guest_mentioned', detail: 'guest' }],
        }),
      ),
    );
    const { user } = shown(<Box />);
    await user.click(await screen.findByRole('radio', { name: 'Internal note' }));
    await user.type(screen.getByRole('textbox', { name: 'Write an internal note' }), 'Psst');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Guests do not see internal notes.');
    expect(screen.getByRole('textbox')).toHaveValue('Psst');
  });
});

describe('a ticket that somebody else changed meanwhile', () => {
  let theirs: FullTicket;
  const patched = vi.fn();
  beforeEach(() => {
    patched.mockReset();
    theirs = full(aTicket(FIRST, { title: 'Broken kettle', columnId: OPEN, priority: 'medium' }));
    server.use(
      http.get(api('/tickets/:id'), () => HttpResponse.json<Ok<'tickets_get'>>(theirs)),
      http.get(api('/tickets/:id/comments'), () => HttpResponse.json<Ok<'ticket_comments_list'>>(none)),
      http.get(api('/tickets/:id/links'), () => HttpResponse.json<Ok<'ticket_links_list'>>(none)),
      http.get(api('/tickets/:id/watchers'), () => HttpResponse.json<Ok<'ticket_watchers_list'>>(none)),
      http.get(api('/tickets/:id/activities'), () =>
        HttpResponse.json<Ok<'ticket_activities_list'>>({
          data: [
            {
              id: SECOND,
              kind: 'changed',
              actorId: SITA,
              visibility: 'public',
              details: { before: { priority: 'medium' }, after: { priority: theirs.priority } },
              at: AT,
            },
          ],
          nextCursor: null,
        }),
      ),
      http.patch(api('/tickets/:id'), async ({ request }) => {
        const change = (await request.json()) as Body<'tickets_update'>;
        patched(change, request.headers.get('If-Match'));
        if (request.headers.get('If-Match') !== `"${theirs.version}"`) return problem(412, 'version_stale');
        theirs = { ...theirs, priority: change.priority ?? theirs.priority, version: theirs.version + 1 };
        return HttpResponse.json<Ok<'tickets_update'>>(theirs);
      }),
    );
  });

  const setPriority = async (user: ReturnType<typeof show>['user'], name: string) => {
    await user.click(await screen.findByRole('button', { name: /^Priority:/ }));
    await user.click(await screen.findByRole('option', { name }));
  };

  it('shows whose change it was, and writes mine on top only when I say so', async () => {
    const { user } = shown(<TicketView id={FIRST} layout="panel" />);
    await screen.findByRole('button', { name: 'Priority: Medium. Edit' });
    theirs = { ...theirs, priority: 'high', version: 2 };
    await setPriority(user, 'Low');
    expect(await screen.findByText(/Sita Rai changed priority to High meanwhile/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Priority: High. Edit' })).toBeInTheDocument();
    expect(patched).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(patched).toHaveBeenLastCalledWith({ priority: 'low' }, '"2"'));
    expect(await screen.findByRole('button', { name: 'Priority: Low. Edit' })).toBeInTheDocument();
    expect(screen.queryByText(/changed priority to High/)).not.toBeInTheDocument();
  });

  it('lets both changes stand when they are of different fields', async () => {
    const { user } = shown(<TicketView id={FIRST} layout="panel" />);
    await screen.findByRole('button', { name: 'Priority: Medium. Edit' });
    theirs = { ...theirs, title: 'Broken kettles', version: 2 };
    await setPriority(user, 'Low');
    await waitFor(() => expect(patched).toHaveBeenLastCalledWith({ priority: 'low' }, '"2"'));
    expect(await screen.findByRole('button', { name: 'Title: Broken kettles. Edit' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Keep mine' })).not.toBeInTheDocument();
  });
});
