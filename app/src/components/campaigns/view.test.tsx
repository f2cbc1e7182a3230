import { useQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CampaignRecipient, CampaignReport } from '@/api/schema';
import { campaignOptions, type FullCampaign } from '@/queries/campaigns';
import { ORG } from '@/test/factories';
import { aBootstrap, showInside } from '@/test/organization';
import { api, HttpResponse, http, server } from '@/test/server';
import { actsFor } from './CampaignActs';
import { CampaignView } from './CampaignView';
import type { CampaignSearchParams } from './search';

vi.mock('@/components/layout/TopBar', () => ({
  InTopBar: ({ children }: { children: React.ReactNode }) => <div>{children}</div>,
}));
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<object>()),
  useNavigate: () => () => undefined,
}));

const when = '2026-11-01T00:00:00.000Z';
let stored: FullCampaign;
let counts: CampaignReport;
let asked: string[];
let acted: { path: string; version: string | null; key: boolean }[];

const nobody = {
  pending: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  uncertain: 0,
  suppressed: 0,
  bounced: 0,
  cancelled: 0,
  unsubscribed: 0,
  gaveUp: 0,
};

const recipient = (email: string, more: Partial<CampaignRecipient> = {}): CampaignRecipient => ({
  id: email,
  email,
  state: 'sent',
  attempts: 1,
  ...more,
});

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  [asked, acted] = [[], []];
  stored = {
    id: 'c1',
    name: 'Spring harvest',
    subject: 'Tea',
    body: 'Dear all',
    audience: { kind: 'members' },
    state: 'paused',
    planned: true,
    startedAt: when,
    version: 5,
    createdAt: when,
    updatedAt: when,
  };
  counts = { ...nobody, recipients: 12, sent: 6, pending: 3, uncertain: 2, suppressed: 1 };
  const nothing = () => HttpResponse.json({ data: [], nextCursor: null });
  server.use(
    http.get(api('/campaigns/c1'), () => HttpResponse.json(stored)),
    http.get(api('/campaigns/c1/report'), () => HttpResponse.json(counts)),
    http.get(api('/campaigns/c1/recipients'), ({ request }) => {
      const state = new URL(request.url).searchParams.get('state');
      asked.push(state ?? 'all');
      const data =
        state === 'uncertain'
          ? [recipient('hari@example.com', { state: 'uncertain', error: 'connection reset' })]
          : [recipient('asha@example.com')];
      return HttpResponse.json({ data, nextCursor: null });
    }),
    http.get(api('/campaigns'), nothing),
    http.get(api('/contact-lists'), nothing),
    http.get(api('/roles'), nothing),
    http.post(api('/campaigns/c1/:act'), ({ request, params }) => {
      acted.push({
        path: String(params.act),
        version: request.headers.get('If-Match'),
        key: request.headers.has('Idempotency-Key'),
      });
      stored = { ...stored, state: 'sending', version: 6 };
      return HttpResponse.json(stored);
    }),
  );
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function Page() {
  const { data } = useQuery(campaignOptions(ORG, 'c1'));
  const [search, setSearch] = useState<CampaignSearchParams>({});
  return (
    data && (
      <CampaignView
        campaign={data}
        search={search}
        onSearch={(change) => setSearch((before) => ({ ...before, ...change }))}
      />
    )
  );
}

describe('a campaign on its way', () => {
  it('accounts for everybody, and shows those of one state', async () => {
    const { user } = showInside(<Page />);
    const states = within(await screen.findByRole('group', { name: 'State' }));
    const shown = states.getAllByRole('button').map(({ textContent }) => textContent);
    expect(shown).toEqual(['All12', 'Sent6', 'Waiting3', 'Uncertain2', 'Left out1']);
    expect(await screen.findByText('asha@example.com')).toBeInTheDocument();
    await user.click(states.getByRole('button', { name: /Uncertain/ }));
    expect(await screen.findByText('connection reset')).toBeInTheDocument();
    expect(asked).toEqual(['all', 'uncertain']);
  });

  it('says what an act does before it does it, once, to the version that is shown', async () => {
    const { user } = showInside(<Page />);
    expect(await screen.findByText('3 people still wait for it.')).toBeInTheDocument();
    expect(await screen.findByText('Of 2 recipients nobody knows whether they got it')).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: 'Resume…' }));
    expect(await screen.findByText(/Nobody gets it twice/)).toBeInTheDocument();
    expect(acted).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(acted).toEqual([{ path: 'resume', version: '"5"', key: true }]));
    expect(await screen.findByRole('button', { name: 'Pause…' })).toBeInTheDocument();
  });

  it('offers no act to those who may only read', async () => {
    showInside(<Page />, aBootstrap({ scopes: ['campaigns:read'] }));
    expect(await screen.findByText('asha@example.com')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Resume|More/ })).toBeNull();
  });
});

describe('what can be done to a campaign', () => {
  const report = (more: Partial<CampaignReport>): CampaignReport => ({ ...counts, uncertain: 0, ...more });

  it('follows from its state and its figures', () => {
    expect(actsFor({ state: 'scheduled' }, undefined)).toEqual(['unschedule', 'send', 'cancel']);
    expect(actsFor({ state: 'sending' }, report({ uncertain: 3 }))).toEqual(['pause', 'cancel']);
    expect(actsFor({ state: 'paused' }, report({}))).toEqual(['resume', 'cancel']);
    expect(actsFor({ state: 'paused' }, report({ uncertain: 1 }))).toContain('resend-uncertain');
    expect(actsFor({ state: 'sent' }, report({ uncertain: 1 }))).toEqual(['resend-uncertain']);
    expect(actsFor({ state: 'sent' }, report({ failed: 2, gaveUp: 1 }))).toEqual(['resend-failed']);
    expect(actsFor({ state: 'sent' }, report({ failed: 2 }))).toEqual([]);
    expect(actsFor({ state: 'cancelled' }, report({ uncertain: 1 }))).toEqual([]);
  });
});
