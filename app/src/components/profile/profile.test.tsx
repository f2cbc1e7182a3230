import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateUser, User } from '@/api/schema';
import { meOptions } from '@/queries/users';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { ProfileForm } from './ProfileForm';

let account: User;
let sent: unknown[];

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  sent = [];
  account = {
    id: 'u1',
    email: 'anjali@himaltraders.example',
    fullName: 'Anjali Maharjan',
    displayName: null,
    locale: 'en',
    timeZone: 'Asia/Kathmandu',
    calendar: 'ad',
    theme: 'system',
    deleteAfter: null,
    version: 4,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
  };
  server.use(
    http.get(api('/users/me'), () => HttpResponse.json(account)),
    http.patch(api('/users/me'), async ({ request }) => {
      const change = (await request.json()) as UpdateUser; // The form's own body.
      sent.push([request.headers.get('If-Match'), change]);
      if (request.headers.get('If-Match') !== `"${account.version}"`) return problem(412, 'version_stale');
      account = { ...account, ...change, version: account.version + 1 };
      return HttpResponse.json(account);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page() {
  const { data } = useQuery(meOptions());
  return data ? <ProfileForm user={data} /> : null;
}

/** Somebody else, or oneself in another place. */
const elsewhere = (change: Partial<User>) => {
  account = { ...account, ...change, version: account.version + 1 };
};

async function open() {
  const view = showInside(<Page />);
  const name = await screen.findByLabelText('Full name');
  const type = async (text: string) => {
    await view.user.clear(name);
    await view.user.type(name, text);
  };
  const press = (button: string) => view.user.click(screen.getByRole('button', { name: button }));
  return { ...view, name, type, press };
}

describe('a profile that changed meanwhile', () => {
  it('keeps what one typed, shows both, and writes mine only when asked to', async () => {
    const { name, type, press } = await open();
    await type('Anjali M.');
    elsewhere({ fullName: 'Anjali Kumari' });
    await press('Save changes');
    const bar = await screen.findByText(/Somebody else changed this meanwhile/);
    expect(bar).toHaveTextContent('Full name: now “Anjali Kumari”, you wrote “Anjali M.”');
    expect(name).toHaveValue('Anjali M.');
    expect(account.fullName).toBe('Anjali Kumari');
    await press('Keep mine');
    await waitFor(() => expect(account.fullName).toBe('Anjali M.'));
    expect(sent).toEqual([
      ['"4"', { fullName: 'Anjali M.' }],
      ['"5"', { fullName: 'Anjali M.' }],
    ]);
    await waitFor(() => expect(screen.queryByText(/Somebody else/)).not.toBeInTheDocument());
    expect(name).toHaveValue('Anjali M.');
  });

  it('takes theirs when that is wanted, and drops nothing else', async () => {
    const { name, user, type, press } = await open();
    await type('Anjali M.');
    await user.type(screen.getByLabelText('Display name'), 'Anju');
    elsewhere({ fullName: 'Anjali Kumari' });
    await press('Save changes');
    await screen.findByText(/Somebody else changed this meanwhile/);
    await press('Take theirs');
    expect(name).toHaveValue('Anjali Kumari');
    expect(screen.getByLabelText('Display name')).toHaveValue('Anju');
    await press('Save changes');
    await waitFor(() => expect(account).toMatchObject({ fullName: 'Anjali Kumari', displayName: 'Anju' }));
  });

  it('saves at once where others changed something else', async () => {
    const { name, type, press } = await open();
    await type('Anjali M.');
    elsewhere({ displayName: 'Anju' });
    await press('Save changes');
    await waitFor(() => expect(account).toMatchObject({ fullName: 'Anjali M.', displayName: 'Anju' }));
    expect(screen.queryByText(/Somebody else/)).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText('Display name')).toHaveValue('Anju'));
    expect(name).toHaveValue('Anjali M.');
  });

  it('keeps what one is typing when the news come by themselves', async () => {
    const { client, name, type } = await open();
    await type('Anjali M.');
    elsewhere({ displayName: 'Anju', timeZone: 'Asia/Tokyo' });
    await client.refetchQueries({ queryKey: meOptions().queryKey });
    await waitFor(() => expect(screen.getByLabelText('Time zone')).toHaveValue('Asia/Tokyo'));
    expect(name).toHaveValue('Anjali M.');
    expect(screen.queryByText(/Somebody else/)).not.toBeInTheDocument();
  });
});
