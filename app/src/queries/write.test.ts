import { QueryObserver } from '@tanstack/react-query';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { react } from '@/lib/signals';
import { tokens } from '@/lib/token';
import { tickets } from '@/services/tickets';
import { aSession, aTicket, ORG, pagesOf } from '@/test/factories';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { makeQueryClient } from './client';
import { keys } from './keys';
import { knownTicket, patchTicket } from './ticketPatch';
import { command, type WriteDefinition } from './write';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('writes', () => {
  beforeEach(() => void tokens.accept(aSession()));

  it('sends a POST again with the same key when its answer was lost', async () => {
    const seen: (string | null)[] = [];
    server.use(
      http.post(api('/tickets'), ({ request }) => {
        seen.push(request.headers.get('Idempotency-Key'));
        return seen.length === 1
          ? new HttpResponse(null, { status: 503 })
          : HttpResponse.json({ ...aTicket('n'), description: '' }, { status: 201 });
      }),
    );
    const create: WriteDefinition<{ title: string }, unknown> = {
      family: 'tickets',
      run: (body, { key }) => tickets.create(body, { key }),
      stale: () => [],
      replayable: true,
    };
    await command(create, makeQueryClient(), ORG)({ title: 'Tea' });
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).toBeTruthy();
  });

  it('refreshes once when the token is refused, and replays the same write', async () => {
    const seen: string[] = [];
    server.use(
      http.post(api('/auth/refresh'), () => HttpResponse.json(aSession({ accessToken: 'token-2' }))),
      http.post(api('/tickets'), ({ request }) => {
        seen.push(`${request.headers.get('Authorization')} ${request.headers.get('Idempotency-Key')}`);
        return seen.length === 1
          ? problem(401, 'unauthenticated')
          : HttpResponse.json({ ...aTicket('n'), description: '' }, { status: 201 });
      }),
    );
    await tickets.create({ title: 'Tea' }, { key: 'k1' });
    expect(seen).toEqual(['Bearer token-1 k1', 'Bearer token-2 k1']);
  });

  it('is never sent to another organization that the tab went to meanwhile', async () => {
    const elsewhere = { id: 'other', slug: 'new-road', name: 'New Road', role: 'Member' };
    const leave = () => void tokens.accept(aSession({ accessToken: 'elsewhere', organization: elsewhere }));
    let calls = 0;
    server.use(
      http.post(api('/tickets'), () => {
        calls += 1;
        leave();
        return calls === 1
          ? new HttpResponse(null, { status: 503 })
          : new HttpResponse(null, { status: 201 });
      }),
      http.delete(api('/tickets/a'), () => {
        calls += 1;
        return problem(403, 'step_up_required');
      }),
    );
    const create: WriteDefinition<{ title: string }, unknown> = {
      family: 'tickets',
      run: (body, { key }) => tickets.create(body, { key }),
      stale: () => [],
      replayable: true,
    };
    const sent = command(create, makeQueryClient(), ORG)({ title: 'Tea' });
    await expect(sent).rejects.toMatchObject({ code: 'organization_left' });
    expect(calls).toBe(1);
    tokens.accept(aSession());
    const stop = react({
      stepUp: async () => {
        leave();
        return true;
      },
    });
    const removed = tickets.remove('a', { version: 7 });
    await expect(removed).rejects.toMatchObject({ code: 'organization_left' });
    stop();
    expect(calls).toBe(2);
  });

  it('asks for a step-up and goes on by itself', async () => {
    let asked = 0;
    const stop = react({ stepUp: async () => ++asked === 1 });
    let calls = 0;
    server.use(
      http.delete(api('/tickets/a'), ({ request }) => {
        expect(request.headers.get('If-Match')).toBe('"7"');
        calls += 1;
        return calls === 1 ? problem(403, 'step_up_required') : new HttpResponse(null, { status: 204 });
      }),
    );
    await tickets.remove('a', { version: 7 });
    stop();
    expect([asked, calls]).toEqual([1, 2]);
  });

  it('does writes to one entity in their order, each with the version that the one before left', async () => {
    const client = makeQueryClient();
    client.setQueryData(keys.tickets.list(ORG, {}), pagesOf(aTicket('a')));
    const versions: (string | null)[] = [];
    server.use(
      http.patch(api('/tickets/a'), async ({ request }) => {
        const change = (await request.json()) as object;
        versions.push(request.headers.get('If-Match'));
        return HttpResponse.json({
          ...aTicket('a', { version: versions.length + 1 }),
          description: '',
          ...change,
        });
      }),
    );
    type Update = { id: string; change: { title?: string; priority?: 'high' } };
    const update: WriteDefinition<Update, unknown> = {
      family: 'tickets',
      entity: ({ id }) => `ticket:${id}`,
      run: ({ id, change }) => tickets.update(id, change, { version: knownTicket(client, ORG, id)?.version }),
      optimistic: ({ id, change }) => patchTicket(client, ORG, id, change),
      stale: () => [],
    };
    const run = command(update, client, ORG);
    const both = [run({ id: 'a', change: { title: 'One' } }), run({ id: 'a', change: { priority: 'high' } })];
    expect(knownTicket(client, ORG, 'a')).toMatchObject({ title: 'One', priority: 'high' });
    await Promise.all(both);
    expect(versions).toEqual(['"1"', '"2"']);
  });

  it('rolls back the one that was refused and says why', async () => {
    const client = makeQueryClient();
    client.setQueryData(keys.tickets.list(ORG, {}), pagesOf(aTicket('a'), aTicket('b')));
    server.use(
      http.patch(api('/tickets/a'), () => problem(412, 'version_stale')),
      http.patch(api('/tickets/b'), () =>
        HttpResponse.json({ ...aTicket('b', { title: 'B2', version: 2 }), description: '' }),
      ),
    );
    const update: WriteDefinition<{ id: string; title: string }, unknown> = {
      family: 'tickets',
      entity: ({ id }) => `ticket:${id}`,
      run: ({ id, title }) => tickets.update(id, { title }, { version: 1 }),
      optimistic: ({ id, title }) => patchTicket(client, ORG, id, { title }),
      stale: () => [],
    };
    const run = command(update, client, ORG);
    const refused = run({ id: 'a', title: 'A2' });
    await run({ id: 'b', title: 'B2' });
    await expect(refused).rejects.toMatchObject({ code: 'version_stale' });
    expect(knownTicket(client, ORG, 'a')?.title).toBe('Ticket a');
    expect(knownTicket(client, ORG, 'b')).toMatchObject({ title: 'B2', version: 2 });
  });
});

describe('the end of a write', () => {
  const part = ['org', ORG, 'part'];
  /** A page whose data take for ever to come again. */
  const slow = () => {
    const client = makeQueryClient();
    client.setQueryData(part, 'old');
    let asked = 0;
    let arrive = () => {};
    const observer = new QueryObserver(client, {
      queryKey: part,
      queryFn: () => {
        asked += 1;
        return new Promise((resolve) => {
          arrive = () => resolve('new');
        });
      },
    });
    const leave = observer.subscribe(() => {});
    return { client, leave, asked: () => asked, arrive: () => arrive() };
  };
  const definition = { family: 'parts', stale: () => [part] };

  it('tells a refusal at once, while the data are still on their way', async () => {
    const { client, leave, asked } = slow();
    const refused = command({ ...definition, run: () => Promise.reject(new Error('no')) }, client, ORG);
    await expect(refused('x')).rejects.toThrow('no');
    expect(asked()).toBe(1);
    leave();
  });

  it('is when the server answered, if the answer is what the page shows', async () => {
    const { client, leave, asked } = slow();
    const write: WriteDefinition<string, string> = {
      ...definition,
      run: async (input) => input,
      learn: (output) => client.setQueryData(part, output),
    };
    expect(await command(write, client, ORG)('learnt')).toBe('learnt');
    expect(client.getQueryData(part)).toBe('learnt');
    expect(asked()).toBe(1);
    leave();
  });

  it('is when the data are there, if only they show what became of it', async () => {
    const { client, leave, arrive } = slow();
    let over = false;
    const write = command(
      { ...definition, run: async () => 'done' },
      client,
      ORG,
    )('x').then(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(over).toBe(false);
    arrive();
    await write;
    expect(client.getQueryData(part)).toBe('new');
    leave();
  });
});
