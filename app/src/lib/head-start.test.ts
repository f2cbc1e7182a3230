import { HttpResponse, http } from 'msw';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { aSession } from '@/test/factories';
import { server } from '@/test/server';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const himal = { id: 'org-himal', slug: 'himal', name: 'Himal', role: 'Member' };
const hint = (value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: what the page itself does
  document.cookie = `mj_session=${value}; Path=/`;
};

/** A page that has just been opened: nothing of an earlier one is in memory. */
async function opened() {
  vi.resetModules();
  return await import('./head-start');
}

/** What the server is asked for, in its order. */
function answers(facts: Parameters<typeof aSession>[0], apps: string[] = []) {
  const asked: string[] = [];
  const path = (request: Request) => new URL(request.url).pathname.replace('/api/v1', '');
  server.use(
    http.post('*/api/v1/auth/refresh', ({ request }) => {
      asked.push(path(request));
      return HttpResponse.json(aSession({ organization: himal, ...facts }));
    }),
    http.get('*/api/v1/*', ({ request }) => {
      asked.push(path(request));
      return HttpResponse.json({ of: path(request), apps });
    }),
  );
  return asked;
}

it('asks nobody where there is no session', async () => {
  hint('');
  const asked = answers({});
  const { headStart } = await opened();
  await headStart('/o/himal/tickets');
  expect(asked).toEqual([]);
});

it('asks only for what the person may see, and hands each answer out once', async () => {
  hint('1');
  const asked = answers({ scopes: ['tickets:read'] }, ['tickets']);
  const { headStart, ahead } = await opened();
  await headStart('/o/himal/tickets');
  await vi.waitFor(() => expect(asked).toContain('/ticket-board'));
  expect(asked).toEqual(['/auth/refresh', '/bootstrap', '/ticket-board']);
  expect(await ahead('/bootstrap', himal.id)).toMatchObject({ of: '/bootstrap' });
  expect(await ahead('/bootstrap', himal.id)).toBeUndefined();
});

it('gives an answer to nobody in another organization', async () => {
  hint('1');
  answers({ scopes: ['settings:read'] });
  const { headStart, ahead } = await opened();
  await headStart('/o/himal/');
  expect(await ahead('/settings', 'org-everest')).toBeUndefined();
  expect(await ahead('/settings', himal.id)).toMatchObject({ of: '/settings' });
});

it('leaves out an app that is not installed, and everything where a second factor is due', async () => {
  hint('1');
  const asked = answers({ scopes: ['tickets:read'] });
  await (await opened()).headStart('/o/himal/tickets');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual(['/auth/refresh', '/bootstrap']);
  const due = answers({ scopes: ['tickets:read'], mfaSetupRequired: true }, ['tickets']);
  await (await opened()).headStart('/o/himal/tickets');
  expect(due).toEqual(['/auth/refresh']);
});

it('says nothing of an answer that did not come', async () => {
  hint('1');
  answers({ scopes: [] });
  server.use(http.get('*/api/v1/bootstrap', () => new HttpResponse(null, { status: 503 })));
  const { headStart, ahead } = await opened();
  await headStart('/o/himal/');
  expect(await ahead('/bootstrap', himal.id)).toBeUndefined();
});
