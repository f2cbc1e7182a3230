import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { meOptions } from '@/queries/users';
import { aSession } from '@/test/factories';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { AppearanceChoices } from './AppearanceChoices';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

it('takes one choice after the other, also when the account changed in another place', async () => {
  let account = { ...aSession().user, version: 3 };
  server.use(
    http.get(api('/users/me'), () => HttpResponse.json(account)),
    http.patch(api('/users/me'), async ({ request }) => {
      const change = (await request.json()) as object; // The choices' own body.
      if (request.headers.get('If-Match') !== `"${account.version}"`) return problem(412, 'version_stale');
      account = { ...account, ...change, version: account.version + 1 };
      return HttpResponse.json(account);
    }),
  );
  const { client, user } = showInside(<AppearanceChoices timeZone="Asia/Kathmandu" />);
  await client.fetchQuery(meOptions());
  account = { ...account, fullName: 'Anjali Kumari', version: 4 };
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  await user.click(screen.getByRole('radio', { name: /Bikram Sambat/ }));
  await waitFor(() =>
    expect(account).toMatchObject({ theme: 'dark', calendar: 'bs', fullName: 'Anjali Kumari', version: 6 }),
  );
  expect(screen.queryByText(/Somebody else/)).not.toBeInTheDocument();
});
