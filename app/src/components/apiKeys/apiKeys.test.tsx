import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CreateApiKey, NewApiKey } from '@/api/schema';
import { aBootstrap, aScope, showInside } from '@/test/organization';
import { api, HttpResponse, http, server } from '@/test/server';
import { CreateKeyDialog } from './CreateKeyDialog';
import { expiryOf, keyState } from './expiry';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const now = new Date('2026-11-23T20:00:00.000Z'); // the 24th in Kathmandu

describe('the end of a key', () => {
  it('is the last moment of a day where the reader is', () => {
    expect(expiryOf('30', null, 'Asia/Kathmandu', now)).toBe('2026-12-24T18:14:59.999Z');
    expect(expiryOf('day', '2027-01-31', 'Asia/Kathmandu', now)).toBe('2027-01-31T18:14:59.999Z');
    expect(expiryOf('never', null, 'Asia/Kathmandu', now)).toBeUndefined();
  });

  it('is soon a week before, and past from its moment on', () => {
    expect(keyState('2026-12-24T18:14:59.999Z', now)).toBe('valid');
    expect(keyState('2026-11-30T19:59:59.000Z', now)).toBe('soon');
    expect(keyState('2026-11-23T20:00:00.000Z', now)).toBe('expired');
    expect(keyState(null, now)).toBe('valid');
  });
});

describe('CreateKeyDialog', () => {
  const made: NewApiKey = {
    id: 'k1',
    userId: 'u1',
    name: 'Accounting export',
    prefix: 'mj_k1',
    key: 'mj_k1_the-secret',
    scopes: ['tickets:read'],
    createdAt: '2026-11-23T00:00:00.000Z',
    expiresAt: null,
    lastUsedAt: null,
  };
  const scopes = [
    aScope('tickets:read', 'tickets'),
    aScope('tickets:write', 'tickets'),
    aScope('members:read'),
  ];

  it('asks for a name and a permission before it asks the server', async () => {
    const { user } = showInside(<CreateKeyDialog scopes={scopes} onClose={vi.fn()} />);
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(screen.getByText('Give the key a name.')).toBeInTheDocument();
    expect(screen.getByText('Choose at least one permission.')).toBeInTheDocument();
  });

  it('offers only what its maker may do', () => {
    showInside(
      <CreateKeyDialog scopes={scopes} onClose={vi.fn()} />,
      aBootstrap({ scopes: ['tickets:read'] }),
    );
    expect(screen.getByRole('radiogroup', { name: 'Tickets: level' })).toBeInTheDocument();
    expect(screen.queryByRole('radiogroup', { name: 'Members: level' })).toBeNull();
  });

  it('shows the secret once, closes only with a word, and leaves nothing of it behind', async () => {
    let sent: CreateApiKey | undefined;
    server.use(
      http.post(api('/api-keys'), async ({ request }) => {
        sent = (await request.json()) as CreateApiKey; // What the form sent is what is checked below.
        return HttpResponse.json(made, { status: 201 });
      }),
    );
    const onClose = vi.fn();
    const { user, client, unmount } = showInside(<CreateKeyDialog scopes={scopes} onClose={onClose} />);
    await user.type(screen.getByLabelText('Name'), 'Accounting export');
    await user.click(screen.getByRole('radio', { name: 'No end' }));
    const tickets = within(screen.getByRole('radiogroup', { name: 'Tickets: level' }));
    await user.click(tickets.getByRole('radio', { name: 'View' }));
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    expect(await screen.findByText('mj_k1_the-secret')).toBeInTheDocument();
    expect(sent).toEqual({ name: 'Accounting export', scopes: ['tickets:read'] });
    expect(screen.getByRole('button', { name: 'Done' })).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: 'I have stored the key' }));
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(onClose).toHaveBeenCalledOnce();
    unmount();
    await waitFor(() => {
      const kept = client
        .getMutationCache()
        .getAll()
        .map(({ state }) => JSON.stringify(state.data));
      expect(kept.join()).not.toContain('the-secret');
    });
    expect(
      JSON.stringify(
        client
          .getQueryCache()
          .getAll()
          .map(({ state }) => state.data),
      ),
    ).not.toContain('the-secret');
  });
});
