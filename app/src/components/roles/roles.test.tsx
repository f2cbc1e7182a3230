import { useQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Role, Scope } from '@/api/schema';
import { rolesOptions } from '@/queries/roles';
import { ORG } from '@/test/factories';
import { aMember, aRole, aScope, showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { atLevel, diff, groups, levelOf, levelsOf, withDiff } from './levels';
import { RoleDialog } from './RoleDialog';
import { RoleEditor } from './RoleEditor';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const scopes = [
  aScope('members:read'),
  aScope('members:invite'),
  aScope('members:manage'),
  aScope('audit:read'),
  aScope('audit:export'),
  aScope('tickets:read', 'tickets'),
  aScope('tickets:write', 'tickets'),
  aScope('invoices:read', 'invoices'),
];
const all = new Set<Scope>(scopes.map(({ scope }) => scope));
const group = (module: string) => {
  const found = groups(scopes, ['tickets']).find((candidate) => candidate.module === module);
  if (!found) throw new Error(module);
  return found;
};

describe('levels', () => {
  it('leave out what would be the same as the one below, and apps that are not there', () => {
    expect(groups(scopes, ['tickets']).map(({ module }) => module)).toEqual(['members', 'audit', 'tickets']);
    expect(groups([aScope('billing:read')], [])).toEqual([]);
    expect(levelsOf(group('members')).map(({ level }) => level)).toEqual(['none', 'view', 'edit', 'manage']);
    expect(levelsOf(group('audit')).map(({ level }) => level)).toEqual(['none', 'view', 'manage']);
    expect(levelsOf(group('tickets')).map(({ level }) => level)).toEqual(['none', 'view', 'edit']);
  });

  it("are recognised, and are none for a choice of one's own", () => {
    expect(levelOf(group('members'), new Set(['members:read', 'members:invite']))).toBe('edit');
    expect(levelOf(group('members'), new Set(['members:manage']))).toBeNull();
    expect(levelOf(group('members'), new Set(['audit:read']))).toBe('none');
  });

  it('give only what one may give, and keep what the role had', () => {
    const held = new Set<Scope>(['members:manage', 'audit:read']);
    const next = atLevel(group('members'), 'manage', held, new Set<Scope>(['members:read']));
    expect([...next].sort()).toEqual(['audit:read', 'members:manage', 'members:read']);
    expect([...atLevel(group('members'), 'view', held, all)].sort()).toEqual(['audit:read', 'members:read']);
  });

  it('keep a change on top of what somebody else changed meanwhile', () => {
    const mine = diff(['members:read', 'audit:read'], new Set<Scope>(['members:read', 'tickets:read']));
    expect(mine).toEqual({ added: ['tickets:read'], removed: ['audit:read'] });
    expect([...withDiff(['audit:read', 'audit:export'], mine)]).toEqual(['audit:export', 'tickets:read']);
  });
});

describe('RoleEditor', () => {
  const role = aRole('Accountant', {
    scopes: ['members:read', 'audit:read', 'invoices:read'],
    memberCount: 2,
  });
  const editor = (editable = true) => (
    <RoleEditor
      role={role}
      scopes={scopes}
      apps={['tickets']}
      grantable={[...all]}
      editable={editable}
      canCreate
      onRename={vi.fn()}
      onCopy={vi.fn()}
      onDelete={vi.fn()}
    />
  );
  const pick = (module: string, level: string) =>
    within(screen.getByRole('radiogroup', { name: `${module}: level` })).getByRole('radio', { name: level });

  it('shows the difference and the people before it saves, and keeps what is not on the page', async () => {
    let saved: unknown;
    server.use(
      http.get(api('/members'), () =>
        HttpResponse.json({ data: [aMember('Sita Rai'), aMember('Hari Rai')], nextCursor: null }),
      ),
      http.patch(api('/roles/accountant'), async ({ request }) => {
        saved = [request.headers.get('If-Match'), await request.json()];
        return HttpResponse.json({ ...role, version: 4 });
      }),
    );
    const { user } = showInside(editor());
    await user.click(pick('Tickets', 'Edit'));
    await user.click(pick('Audit log', 'None'));
    expect(screen.getByRole('region', { name: 'Unsaved changes' })).toHaveTextContent(
      '3 changes · 2 people are affected',
    );
    await user.click(screen.getByRole('button', { name: 'Review changes' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(
      within(dialog.getByRole('list', { name: '2 permissions added' })).getAllByRole('listitem'),
    ).toHaveLength(2);
    expect(dialog.getByRole('list', { name: '1 permission removed' })).toHaveTextContent('See the audit log');
    expect(await dialog.findByText('Sita Rai, Hari Rai')).toBeInTheDocument();
    expect(saved).toBeUndefined();
    await user.click(dialog.getByRole('button', { name: 'Save changes' }));
    await waitFor(() =>
      expect(saved).toEqual([
        '"3"',
        { scopes: ['members:read', 'invoices:read', 'tickets:read', 'tickets:write'] },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull());
  });

  it('keeps the change and says why when the server refuses it', async () => {
    server.use(
      http.get(api('/members'), () => HttpResponse.json({ data: [], nextCursor: null })),
      http.patch(api('/roles/accountant'), () => problem(403, 'scope_not_held')),
    );
    const { user } = showInside(editor());
    await user.click(pick('Tickets', 'View'));
    await user.click(screen.getByRole('button', { name: 'Review changes' }));
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You can only give permissions that you have.',
    );
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(pick('Tickets', 'View')).toBeChecked();
  });

  it('is for reading where one may not change the role', () => {
    showInside(editor(false));
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete role' })).toBeNull();
  });
});

function Renaming({ role, onDone }: { role: Role; onDone: (role: Role) => void }) {
  const [known] = useQuery(rolesOptions(ORG)).data ?? [];
  return <RoleDialog role={known ?? role} maxRank={90} onClose={vi.fn()} onDone={onDone} />;
}

describe('RoleDialog', () => {
  it('keeps the name one wrote when somebody else was quicker, for a choice', async () => {
    const done = vi.fn();
    const role = aRole('Support');
    let now = role;
    server.use(
      http.get(api('/roles'), () => HttpResponse.json({ data: [now], nextCursor: null })),
      http.patch(api(`/roles/${role.id}`), async ({ request }) => {
        if (request.headers.get('If-Match') !== `"${now.version}"`) return problem(412, 'version_stale');
        now = { ...now, ...((await request.json()) as object), version: 5 };
        return HttpResponse.json(now);
      }),
    );
    const { user } = showInside(<Renaming role={role} onDone={done} />);
    await user.clear(await screen.findByLabelText('Name'));
    await user.type(screen.getByLabelText('Name'), 'Care');
    now = { ...role, name: 'Help desk', version: 4 };
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByText(/now “Help desk”, you wrote “Care”/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() =>
      expect(done).toHaveBeenCalledWith(expect.objectContaining({ name: 'Care', version: 5 })),
    );
  });
});
