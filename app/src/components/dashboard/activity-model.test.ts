import { expect, it } from 'vitest';
import type { Event } from '@/api/schema';
import { linesOf } from './activity-model';

let seq = 0;
const event = (type: string, data: object, userId = 'u1'): Event => {
  seq += 1;
  return {
    seq,
    id: `e${seq}`,
    type,
    topic: 'tickets',
    organizationId: 'o',
    actor: { kind: 'user', userId, apiKeyId: null },
    originClientId: null,
    subject: { type: 'ticket', id: 't1', version: 1 },
    data,
    occurredAt: '2026-11-23T00:00:00.000Z',
  };
};

it('says an assignment once, although two events tell of it', () => {
  const lines = linesOf(
    [
      event('tickets.ticket_assigned', { ticketId: 't1', number: 1 }),
      event('tickets.ticket_updated', { ticketId: 't1', number: 1, changed: ['assigneeId'] }),
    ],
    9,
  );
  expect(lines.map(({ text }) => text)).toEqual(['dashboard.didAssign']);
});

it('draws a run of the same together, but not of two people', () => {
  const change = (userId: string) =>
    event('tickets.ticket_updated', { ticketId: 't1', number: 1, changed: ['title'] }, userId);
  const lines = linesOf([change('u1'), change('u1'), change('u2'), change('u1')], 9);
  expect(lines.map(({ event: { actor } }) => actor.userId)).toEqual(['u1', 'u2', 'u1']);
});

it('leaves out what has no sentence, and stops where there is no room', () => {
  const lines = linesOf(
    [
      event('tickets.board_prepared', {}),
      event('tickets.ticket_moved', { ticketId: 't1', number: 1, status: 'resolved' }),
      event('tickets.comment_added', { ticketId: 't2', number: 2 }),
      event('tickets.ticket_created', { ticketId: 't3', number: 3 }),
    ],
    2,
  );
  expect(lines.map(({ text, status }) => [text, status])).toEqual([
    ['dashboard.didMove', 'resolved'],
    ['dashboard.didComment', undefined],
  ]);
});
