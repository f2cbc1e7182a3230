import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job } from '@/api/schema';
import { aBootstrap, showInside } from '@/test/organization';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { JobSheet } from './JobSheet';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const dead: Job = {
  id: 'j1',
  kind: 'mail.welcome',
  queue: 'default',
  state: 'dead',
  payload: { user: 'u1' },
  runAt: '2026-11-01T00:00:00.000Z',
  attempt: 2,
  maxAttempts: 2,
  crashes: 0,
  errors: [
    { at: '2026-11-01T00:00:00.000Z', attempt: 1, error: 'cannot send: connection refused' },
    { at: '2026-11-01T00:05:00.000Z', attempt: 2, error: 'cannot send: timed out' },
  ],
  traceId: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  finishedAt: '2026-11-01T00:05:00.000Z',
};

describe('JobSheet', () => {
  it('shows every failure, newest first, with its causes apart', () => {
    showInside(<JobSheet job={dead} onClose={vi.fn()} />);
    const failures = screen.getByRole('list', { name: 'Errors' }).querySelectorAll('li');
    expect(failures[0]).toHaveTextContent(/^Try 2.*cannot send↳ timed out$/);
    expect(failures[1]).toHaveTextContent(/^Try 1.*cannot send↳ connection refused$/);
  });

  it('runs a failed job again and closes', async () => {
    server.use(http.post(api('/jobs/j1/requeue'), () => HttpResponse.json({ ...dead, state: 'ready' })));
    const onClose = vi.fn();
    const { user } = showInside(<JobSheet job={dead} onClose={onClose} />);
    await user.click(screen.getByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });

  it('discards only after a question, and stays open when the server refuses', async () => {
    server.use(http.post(api('/jobs/j1/discard'), () => problem(409, 'job_not_discardable')));
    const onClose = vi.fn();
    const { user } = showInside(<JobSheet job={dead} onClose={onClose} />);
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await user.click(await screen.findByRole('button', { name: 'Discard' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This job cannot be discarded now.');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('offers nothing to who may only look, and nothing for a job that is done', () => {
    const { unmount } = showInside(
      <JobSheet job={dead} onClose={vi.fn()} />,
      aBootstrap({ scopes: ['jobs:read'] }),
    );
    expect(screen.queryByRole('button', { name: 'Run again' })).toBeNull();
    unmount();
    showInside(<JobSheet job={{ ...dead, state: 'done' }} onClose={vi.fn()} />);
    expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull();
  });
});
