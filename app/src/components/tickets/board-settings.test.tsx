import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TicketBoard } from '@/api/schema';
import { ticketBoardOptions } from '@/queries/ticketBoard';
import { ORG } from '@/test/factories';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { ColumnSettings } from './ColumnSettings';
import { TransitionSettings } from './TransitionSettings';

let board: TicketBoard;

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  const column = (id: string, name: string, position: number) =>
    ({ id, name, position, category: 'open', version: 1 }) as const;
  board = { columns: [column('a', 'Inbox', 1), column('b', 'Doing', 2)], transitions: [], version: 1 };
  const stale = (request: Request, version: number) => request.headers.get('If-Match') !== `"${version}"`;
  server.use(
    http.get(api('/ticket-board'), () => HttpResponse.json(board)),
    http.patch(api('/ticket-columns/a'), async ({ request }) => {
      const [first, ...others] = board.columns;
      if (!first || stale(request, first.version)) return problem(412, 'version_stale');
      const after = { ...first, ...((await request.json()) as object), version: first.version + 1 };
      board = { ...board, columns: [after, ...others] };
      return HttpResponse.json(after);
    }),
    http.put(api('/ticket-board/transitions'), async ({ request }) => {
      if (stale(request, board.version)) return problem(412, 'version_stale');
      board = { ...board, ...((await request.json()) as object), version: board.version + 1 };
      return HttpResponse.json(board);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Columns() {
  const { data } = useQuery(ticketBoardOptions(ORG));
  return data ? <ColumnSettings board={data} /> : null;
}

function Moves() {
  const { data } = useQuery(ticketBoardOptions(ORG));
  return data ? <TransitionSettings board={data} /> : null;
}

/** Somebody else changes the first column. */
const elsewhere = (change: { name?: string; position?: number }) => {
  const [first, ...others] = board.columns;
  if (first) board = { ...board, columns: [{ ...first, ...change, version: 9 }, ...others] };
};

describe('the columns', () => {
  async function rename() {
    const { user } = showInside(<Columns />);
    await user.click(await screen.findByRole('button', { name: /^Column name: Inbox/ }));
    await user.clear(screen.getByRole('textbox', { name: 'Column name' }));
    await user.type(screen.getByRole('textbox', { name: 'Column name' }), 'To do');
    return { user, save: () => user.keyboard('{Enter}') };
  }

  it('keep the name one wrote when somebody else was quicker, for a choice', async () => {
    const { user, save } = await rename();
    elsewhere({ name: 'New' });
    await save();
    expect(await screen.findByText(/now “New”, you wrote “To do”/)).toBeInTheDocument();
    expect(board.columns[0]?.name).toBe('New');
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(board.columns[0]?.name).toBe('To do'));
    await waitFor(() => expect(screen.queryByText(/Somebody else/)).not.toBeInTheDocument());
  });

  it('take a name over a change that has nothing to do with it', async () => {
    const { save } = await rename();
    elsewhere({ position: 7 });
    await save();
    await waitFor(() => expect(board.columns[0]).toMatchObject({ name: 'To do', position: 7 }));
  });
});

it('keeps the moves one ticked when somebody else changed them', async () => {
  const { user } = showInside(<Moves />);
  await user.click(await screen.findByRole('checkbox', { name: 'From Inbox to Doing' }));
  board = { ...board, transitions: [{ fromColumnId: 'b', toColumnId: 'a' }], version: 2 };
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('button', { name: 'Keep mine' });
  expect(screen.getByRole('checkbox', { name: 'From Inbox to Doing' })).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Take theirs' }));
  expect(screen.getByRole('checkbox', { name: 'From Inbox to Doing' })).not.toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'From Doing to Inbox' })).toBeChecked();
});
