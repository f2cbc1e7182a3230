import type { SessionAnswer, Ticket } from '@/api/schema';
import type { Pages } from '@/queries/pages';

export const ORG = '01a205b6-132f-7858-8206-cd5106b2497e';

/** Somebody who just signed in. */
export function aSession(more: Partial<SessionAnswer> = {}): SessionAnswer {
  const organization = { id: ORG, slug: 'himal', name: 'Himal Traders', role: 'Member' };
  return {
    accessToken: 'token-1',
    tokenType: 'Bearer',
    expiresIn: 900,
    refreshExpiresIn: 604_800,
    user: {
      id: 'u1',
      email: 'anjali@himaltraders.example',
      fullName: 'Anjali Maharjan',
      displayName: null,
      locale: 'en',
      timeZone: 'Asia/Kathmandu',
      calendar: 'ad',
      theme: 'system',
    },
    organization,
    roles: ['Member'],
    scopes: ['tickets:read'],
    organizations: [organization],
    mfaSetupRequired: false,
    ...more,
  };
}

export function aTicket(id: string, more: Partial<Ticket> = {}): Ticket {
  return {
    id,
    number: 1,
    title: `Ticket ${id}`,
    type: 'task',
    status: 'open',
    priority: 'medium',
    columnId: 'open',
    requesterId: 'u1',
    assigneeId: null,
    tags: [],
    dueAt: null,
    estimateMinutes: null,
    spentMinutes: 0,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    resolvedAt: null,
    closedAt: null,
    version: 1,
    ...more,
  };
}

export function pagesOf<T>(...rows: T[]): Pages<T> {
  return { pages: [{ data: rows, nextCursor: null }], pageParams: [undefined] };
}
