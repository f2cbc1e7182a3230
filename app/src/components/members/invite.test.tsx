import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { InvitationRows, InvitePeople } from '@/api/schema';
import { aBootstrap, aRole, showInside } from '@/test/organization';
import { api, HttpResponse, http, server } from '@/test/server';
import { parseAddresses } from './addresses';
import { InviteDialog, without } from './InviteDialog';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const member = aRole('Member', { isSystem: true });
const accountant = aRole('Accountant', { rank: 60 });
const admin = aRole('Admin', { rank: 80, isSystem: true });

describe('parseAddresses', () => {
  it('reads addresses however they are parted, once each and in small letters', () => {
    const { good, wrong, twice } = parseAddresses(
      'Sita@Himal.example hari@himal.example;\n gita@himal.example, SITA@himal.example',
    );
    expect(good.map(({ email }) => email)).toEqual([
      'sita@himal.example',
      'hari@himal.example',
      'gita@himal.example',
    ]);
    expect(wrong).toEqual([]);
    expect(twice).toBe(1);
  });

  it('takes names and roles beside an address for what they are', () => {
    const { good, wrong } = parseAddresses(
      'Sita Rai <sita@himal.example>, accountant\nHari\thari@himal.example',
      [accountant],
    );
    expect(good).toEqual([
      { email: 'sita@himal.example', roleId: 'accountant' },
      { email: 'hari@himal.example', roleId: undefined },
    ]);
    expect(wrong).toEqual([]);
  });

  it('names what is no address', () => {
    expect(parseAddresses('sita@himal, hari@himal.example\nnobody').wrong).toEqual(['sita@himal', 'nobody']);
  });

  it('takes an address out of a text without touching one that ends like it', () => {
    const text = 'gita@himal.example, Rita <rita@himal.example>\nita@himal.example';
    const left = parseAddresses(without(without(text, 'ita@himal.example'), 'rita@himal.example'));
    expect(left.good.map(({ email }) => email)).toEqual(['gita@himal.example']);
    expect(left.wrong).toEqual([]);
  });
});

describe('InviteDialog', () => {
  const roles = [admin, accountant, member];

  it('sends each address with its role, and tells what became of each', async () => {
    let sent: InvitePeople | undefined;
    const answer: InvitationRows = {
      results: [
        { email: 'sita@himal.example', status: 201, code: null, detail: null },
        { email: 'anjali@himal.example', status: 409, code: 'already_member', detail: 'already a member' },
        { email: 'hari@himal.example', status: 422, code: 'domain_not_allowed', detail: 'domain' },
      ],
    };
    server.use(
      http.post(api('/invitations'), async ({ request }) => {
        sent = (await request.json()) as InvitePeople; // What the form sent is what is checked below.
        return HttpResponse.json(answer, { status: 201 });
      }),
    );
    const { user } = showInside(<InviteDialog roles={roles} onClose={vi.fn()} />);
    await user.click(screen.getByLabelText('E-mail addresses'));
    await user.paste('sita@himal.example, Accountant\nanjali@himal.example hari@himal.example');
    await user.click(screen.getByRole('button', { name: 'Send 3 invitations' }));
    const rows = within(await screen.findByRole('list', { name: 'Result of each row' })).getAllByRole(
      'listitem',
    );
    expect(sent?.invitations).toEqual([
      { email: 'sita@himal.example', roleId: 'accountant' },
      { email: 'anjali@himal.example', roleId: 'member' },
      { email: 'hari@himal.example', roleId: 'member' },
    ]);
    expect(rows.map((row) => row.textContent)).toEqual([
      'sita@himal.exampleInvited',
      'anjali@himal.exampleThis person is a member already.',
      'hari@himal.exampleThe organization does not allow addresses of this domain.',
    ]);
    // Only those that failed come back into the form.
    await user.click(screen.getByRole('button', { name: 'Correct and try again' }));
    expect(screen.getByLabelText('E-mail addresses')).toHaveValue('anjali@himal.example\nhari@himal.example');
  });

  it('asks the server nothing while a piece is no address, and names the piece', async () => {
    const { user } = showInside(<InviteDialog roles={roles} onClose={vi.fn()} />);
    await user.type(screen.getByLabelText('E-mail addresses'), 'sita@himal');
    await user.click(screen.getByRole('button', { name: 'Send invitation' }));
    expect(screen.getByText('This is no e-mail address: sita@himal')).toBeInTheDocument();
  });

  it('offers no role above the own one', async () => {
    const boot = aBootstrap({ role: { id: 'accountant', name: 'Accountant', rank: 60 } });
    const { user } = showInside(<InviteDialog roles={roles} onClose={vi.fn()} />, boot);
    await user.click(screen.getByRole('combobox', { name: 'Role' }));
    await waitFor(() => expect(screen.getByRole('option', { name: 'Member' })).toBeInTheDocument());
    expect(screen.queryByRole('option', { name: 'Admin' })).toBeNull();
  });
});
