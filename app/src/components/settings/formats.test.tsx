import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Settings, UpdateSettings } from '@/api/schema';
import { OrgMark } from '@/components/layout/OrgMark';
import { settingsOptions } from '@/queries/settings';
import { ORG } from '@/test/factories';
import { aBootstrap, showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { FormatsSection } from './FormatsSection';

let settings: Settings;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function serve() {
  settings = {
    currency: 'NPR',
    timeZone: 'Asia/Kathmandu',
    fiscalYearStartMonth: 4,
    calendar: 'bs',
    locale: 'en',
    accentColor: '#2563eb',
    updatedAt: '2026-11-01T00:00:00.000Z',
    version: 2,
  };
  server.use(
    http.get(api('/settings'), () => HttpResponse.json(settings)),
    http.patch(api('/settings'), async ({ request }) => {
      const change = (await request.json()) as UpdateSettings; // The form's own body.
      if (request.headers.get('If-Match') !== `"${settings.version}"`) return problem(412, 'version_stale');
      settings = { ...settings, ...change, version: settings.version + 1 };
      return HttpResponse.json(settings);
    }),
  );
}

function Page() {
  const { data } = useQuery(settingsOptions(ORG));
  return (
    <>
      <span data-testid="mark">
        <OrgMark boot={aBootstrap()} />
      </span>
      {data && <FormatsSection settings={data} editable />}
    </>
  );
}

const fill = () => screen.getByTestId('mark').querySelector('span')?.style.backgroundColor;

describe('FormatsSection', () => {
  it('gives the mark of the organization its colour', async () => {
    serve();
    const { user } = showInside(<Page />);
    await waitFor(() => expect(fill()).toBe('#2563eb'));
    const field = screen.getByLabelText('Brand colour');
    await user.clear(field);
    await user.type(field, '#ffffff');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(settings.accentColor).toBe('#ffffff'));
    // White letters stand on it, so it is not white.
    await waitFor(() => expect(fill()).toBe('#767676'));
  });

  it('keeps what was typed when somebody else was quicker', async () => {
    serve();
    const { user } = showInside(<Page />);
    const field = await screen.findByLabelText('Currency');
    await user.clear(field);
    await user.type(field, 'INR');
    settings = { ...settings, currency: 'USD', version: 3 };
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/now “USD”, you wrote “INR”/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(settings.currency).toBe('INR'));
  });
});
