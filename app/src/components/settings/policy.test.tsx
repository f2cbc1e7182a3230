import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Lockout, SecurityPolicy, UpdateSecurityPolicy } from '@/api/schema';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, server } from '@/test/server';
import { parseDomains } from './domains';
import { PolicyForm } from './PolicyForm';

const policy: SecurityPolicy = {
  requireMfa: false,
  mfaRequiredSince: null,
  graceDays: 7,
  allowedDomains: [],
  sessionMaxDays: 30,
  version: 5,
};

let saved: unknown;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  saved = undefined;
});
afterAll(() => server.close());

/** Locks two people out when a second factor is demanded: at once without grace, else later. */
function serve() {
  server.use(
    http.post(api('/organization/security-policy/preview'), async ({ request }) => {
      const { requireMfa, graceDays } = (await request.json()) as UpdateSecurityPolicy; // The form's own body.
      const from = graceDays === 0 ? '2020-01-01T00:00:00.000Z' : '2099-01-01T06:00:00.000Z';
      const people = ['Anjali Maharjan', 'Prakash Tamang'].map((fullName) => ({
        userId: fullName,
        fullName,
        email: 'x@himaltraders.example',
        role: 'Member',
        from,
      }));
      const answer: Lockout = requireMfa ? { total: 2, members: people } : { total: 0, members: [] };
      return HttpResponse.json(answer);
    }),
    http.patch(api('/organization/security-policy'), async ({ request }) => {
      saved = [request.headers.get('If-Match'), await request.json()];
      return HttpResponse.json({ ...policy, requireMfa: true, version: 6 });
    }),
    http.get(api('/organization/security-policy'), () => HttpResponse.json(policy)),
  );
}

describe('PolicyForm', () => {
  it('lists who would be locked out and from when, before anything is saved', async () => {
    serve();
    const { user } = showInside(<PolicyForm policy={policy} />);
    expect(await screen.findByText('This policy locks nobody out.')).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: 'Everybody needs two-factor sign-in' }));
    const list = within(await screen.findByRole('list', { name: 'Who would be locked out' }));
    expect(list.getAllByRole('listitem')[0]).toHaveTextContent('Anjali Maharjan');
    expect(list.getAllByText('from 1 Jan 2099')).toHaveLength(2);
    await user.clear(screen.getByLabelText('Days of grace'));
    await user.type(screen.getByLabelText('Days of grace'), '0');
    await waitFor(() => expect(screen.getAllByText('at once')).toHaveLength(2));
    expect(saved).toBeUndefined();
  });

  it('asks again when the policy locks somebody out', async () => {
    serve();
    const { user } = showInside(<PolicyForm policy={policy} />);
    await user.click(screen.getByRole('checkbox', { name: 'Everybody needs two-factor sign-in' }));
    await screen.findByText('2 members would be locked out');
    await user.click(screen.getByRole('button', { name: 'Save policy' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Lock out 2 members?' }));
    expect(saved).toBeUndefined();
    await user.click(dialog.getByRole('button', { name: 'Save policy' }));
    await waitFor(() => expect(saved).toEqual(['"5"', { requireMfa: true }]));
  });

  it('does not save numbers and domains that are none', async () => {
    serve();
    const { user } = showInside(<PolicyForm policy={policy} />);
    await user.clear(screen.getByLabelText('Longest session in days'));
    await user.type(screen.getByLabelText('Longest session in days'), '31');
    expect(screen.getByText('1 to 30 days.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save policy' })).toBeDisabled();
    await user.type(screen.getByLabelText('Allowed e-mail domains'), 'himal');
    expect(screen.getByText('This is no domain: himal')).toBeInTheDocument();
  });

  it('reads domains as people write them', () => {
    expect(parseDomains('@Himal.example, office@traders.example\nhimal.example no_domain')).toEqual({
      good: ['himal.example', 'traders.example'],
      wrong: ['no_domain'],
    });
  });
});
