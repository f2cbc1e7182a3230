import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Body } from '@/api/types';
import { campaignOptions, type FullCampaign } from '@/queries/campaigns';
import { ORG } from '@/test/factories';
import { showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { Composer } from './Composer';
import type { CampaignSearchParams } from './search';

vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  useBlocker: () => undefined,
  Link: ({ children }: { children: React.ReactNode }) => <a href="/">{children}</a>,
}));

const when = '2026-11-01T00:00:00.000Z';
let stored: FullCampaign;
let writes: Body<'campaigns_update'>[];
let problems: { code: string; detail: string; blocking: boolean }[];

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  writes = [];
  problems = [];
  stored = {
    id: 'c1',
    name: 'Spring harvest',
    subject: 'Tea',
    body: 'Dear all',
    audience: { kind: 'members' },
    state: 'draft',
    planned: false,
    version: 3,
    createdAt: when,
    updatedAt: when,
  };
  const nothing = () => HttpResponse.json({ data: [], nextCursor: null });
  server.use(
    http.get(api('/campaigns/c1'), () => HttpResponse.json(stored)),
    http.get(api('/campaigns'), nothing),
    http.get(api('/contact-lists'), nothing),
    http.get(api('/roles'), nothing),
    http.get(api('/campaigns/c1/preflight'), () =>
      HttpResponse.json({
        ready: problems.every(({ blocking }) => !blocking),
        recipients: 12,
        suppressed: 1,
        problems,
      }),
    ),
    http.post(api('/campaigns/c1/preview'), () =>
      HttpResponse.json({ subject: stored.subject, html: '<head></head>', text: '' }),
    ),
    http.patch(api('/campaigns/c1'), async ({ request }) => {
      if (request.headers.get('If-Match') !== `"${stored.version}"`) return problem(412, 'version_stale');
      const change = (await request.json()) as Body<'campaigns_update'>;
      writes.push(change);
      const { audience: _, ...texts } = change;
      // As the server does: what is stored has no blanks at its ends.
      const trimmed = Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, text.trim()]));
      stored = { ...stored, ...trimmed, version: stored.version + 1 };
      return HttpResponse.json(stored);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page({ begin = {} }: { begin?: CampaignSearchParams }) {
  const { data } = useQuery(campaignOptions(ORG, 'c1'));
  const [search, setSearch] = useState<CampaignSearchParams>(begin);
  return (
    data && (
      <Composer
        campaign={data}
        search={search}
        onSearch={(change) => setSearch((before) => ({ ...before, ...change }))}
      />
    )
  );
}

describe('the composer', () => {
  it('stores what was typed when one stops, once, and leaves the text as it was typed', async () => {
    const { user } = showInside(<Page begin={{ step: 'content' }} />);
    const text = await screen.findByLabelText('Text');
    await user.type(text, '! ');
    await waitFor(() => expect(writes).toEqual([{ body: 'Dear all! ' }]), { timeout: 3_000 });
    await user.type(text, 'More');
    await waitFor(() => expect(writes).toHaveLength(2), { timeout: 3_000 });
    expect(text).toHaveValue('Dear all! More');
    expect(writes[1]).toEqual({ body: 'Dear all! More' });
    // Nothing is left to be written.
    await new Promise((done) => setTimeout(done, 1_200));
    expect(writes).toHaveLength(2);
  }, 15_000);

  it('asks which of two texts stays, and then writes it', async () => {
    const { user } = showInside(<Page begin={{ step: 'content' }} />);
    const subject = await screen.findByLabelText('Subject');
    stored = { ...stored, subject: 'Coffee', body: 'Dear everybody', version: 4 };
    await user.type(subject, '!');
    const bar = await screen.findByRole('alert', {}, { timeout: 3_000 });
    expect(bar).toHaveTextContent('Subject');
    expect(subject).toHaveValue('Tea!');
    expect(writes).toEqual([]);
    await user.click(screen.getByRole('button', { name: /mine/i }));
    await waitFor(() => expect(writes).toEqual([{ subject: 'Tea!' }]), { timeout: 3_000 });
    expect(screen.getByLabelText('Text')).toHaveValue('Dear everybody');
  }, 15_000);

  it('puts a field with words for the others where the cursor was', async () => {
    const { user } = showInside(<Page begin={{ step: 'content' }} />);
    const subject = await screen.findByLabelText<HTMLInputElement>('Subject');
    await user.click(subject);
    subject.setSelectionRange(0, 0);
    await user.click(screen.getByRole('button', { name: 'Insert a field into the subject' }));
    await user.type(await screen.findByLabelText('If it is not known'), 'frie}}nd');
    await user.click(screen.getByRole('button', { name: 'Insert' }));
    await waitFor(() => expect(subject).toHaveValue('{{first_name|friend}}Tea'));
  }, 15_000);

  it('says what is in the way, and does not send before it is gone', async () => {
    problems = [
      { code: 'field_unknown', detail: 'there is no field `frist_name`; there are `email`', blocking: true },
    ];
    const { user } = showInside(<Page begin={{ step: 'review' }} />);
    expect(await screen.findByText('There is no field “frist_name”.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send now…' })).toBeDisabled();
    await user.click(screen.getAllByRole('button', { name: 'Content' }).at(-1) ?? document.body);
    expect(await screen.findByLabelText('Subject')).toBeInTheDocument();
  });

  it('does not send to everybody while the list that was asked for is not chosen', async () => {
    const { user } = showInside(<Page begin={{ step: 'audience' }} />);
    await user.click(await screen.findByRole('radio', { name: /^A list/ }));
    await user.click(screen.getByRole('button', { name: /^Review/ }));
    expect(await screen.findByText('No list is chosen.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send now…' })).toBeDisabled();
    expect(writes).toEqual([]);
    await user.click(screen.getAllByRole('button', { name: 'Audience' }).at(-1) ?? document.body);
    await user.click(await screen.findByRole('radio', { name: /^Members/ }));
    await user.click(screen.getByRole('button', { name: /^Review/ }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Send now…' })).toBeEnabled());
  });
});
