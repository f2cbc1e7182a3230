import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearToasts } from '@/components/ui/toast-store';
import { aBootstrap, aMember, aRole, showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { MemberBulk } from './MemberBulk';
import { MemberTable } from './MemberTable';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
// Nobody has a picture.
beforeEach(() =>
  server.use(http.get(api('/users'), () => HttpResponse.json({ data: [], nextCursor: null }))),
);
afterEach(() => {
  server.resetHandlers();
  clearToasts();
});
afterAll(() => server.close());

const roles = [
  aRole('Owner', { rank: 100, isSystem: true }),
  aRole('Admin', { rank: 80, isSystem: true }),
  aRole('Member', { isSystem: true }),
];
const bikash = aMember('Bikash Gurung', { roleId: 'admin', role: 'Admin', rank: 80 });
const prakash = aMember('Prakash Tamang');

const table = (
  <MemberTable
    rows={[bikash, prakash]}
    roles={roles}
    withoutFactor={new Set([prakash.userId])}
    selected={new Set()}
    onSelectedChange={vi.fn()}
    hasMore={false}
    loadingMore={false}
    onLoadMore={vi.fn()}
    total={2}
    empty={null}
  />
);

describe('MemberTable', () => {
  it('says who has no second factor', () => {
    showInside(table);
    expect(screen.getByRole('row', { name: /Prakash/ })).toHaveTextContent('Not set up');
    expect(screen.getByRole('row', { name: /Bikash/ })).toHaveTextContent('On');
  });

  it('lets an admin change those below, and not another admin', () => {
    showInside(table, aBootstrap({ role: { id: 'admin', name: 'Admin', rank: 80 } }));
    expect(
      screen.getByRole('button', { name: 'Role of Prakash Tamang: Member. Change' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Role of Bikash/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Actions on Bikash Gurung' })).toBeNull();
  });

  it('gives a role for the version it showed, and takes it back for the one after', async () => {
    const seen: unknown[] = [];
    server.use(
      http.patch(api(`/members/${prakash.userId}`), async ({ request }) => {
        seen.push([request.headers.get('If-Match'), await request.json()]);
        return HttpResponse.json({ ...prakash, roleId: 'admin', role: 'Admin', version: 8 });
      }),
    );
    const { user } = showInside(table);
    await user.click(screen.getByRole('button', { name: /Role of Prakash/ }));
    await user.click(await screen.findByRole('menuitem', { name: /^Admin/ }));
    expect(await screen.findByText('Prakash Tamang is now Admin')).toBeInTheDocument();
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(seen).toHaveLength(2));
    expect(seen).toEqual([
      ['"7"', { roleId: 'admin' }],
      ['"8"', { roleId: 'member' }],
    ]);
  });

  it('suspends only after saying what follows', async () => {
    let body: unknown;
    server.use(
      http.patch(api(`/members/${prakash.userId}`), async ({ request }) => {
        body = await request.json();
        return HttpResponse.json({ ...prakash, status: 'suspended', version: 8 });
      }),
    );
    const { user } = showInside(table);
    await user.click(screen.getByRole('button', { name: 'Actions on Prakash Tamang' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Suspend' }));
    expect(await screen.findByRole('dialog')).toHaveTextContent('Access ends within seconds');
    expect(body).toBeUndefined();
    await user.click(screen.getByRole('button', { name: 'Suspend' }));
    await waitFor(() => expect(body).toEqual({ status: 'suspended' }));
  });
});

describe('MemberBulk', () => {
  it('tells by name who could not be changed', async () => {
    server.use(
      http.patch(api(`/members/${prakash.userId}`), () => HttpResponse.json({ ...prakash, version: 8 })),
      http.patch(api(`/members/${bikash.userId}`), () => problem(412, 'version_stale')),
    );
    const onClear = vi.fn();
    const { user } = showInside(<MemberBulk members={[bikash, prakash]} roles={roles} onClear={onClear} />);
    await user.click(screen.getByRole('button', { name: 'Change role' }));
    await user.click(await screen.findByRole('menuitem', { name: /^Owner/ }));
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      'Bikash GurungSomebody else changed this meanwhile.',
      'Prakash TamangChanged',
    ]);
    expect(onClear).toHaveBeenCalledOnce();
  });
});
