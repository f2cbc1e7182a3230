import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '@/api/schema';
import { csvRows } from '@/components/audit/csv-rows';
import { EntrySheet } from '@/components/audit/EntrySheet';
import { showInside } from '@/test/organization';
import { auditQuery } from './query';
import { cleanView } from './search';

const actor = '01a205e6-ef40-7ae1-bec7-23a8025c733f';

describe('the filters in the address', () => {
  it('keep what is a filter and drop what is none', () => {
    expect(
      cleanView({
        actor,
        module: 'members',
        type: 'members.member_joined',
        from: '2026-11-01',
        to: '2026-02-30',
        subjectId: 'nobody',
        entry: 7,
      }),
    ).toEqual({ actor, module: 'members', type: 'members.member_joined', from: '2026-11-01' });
  });

  it('become instants of the reader, with the last day whole', () => {
    expect(
      auditQuery({ actor, from: '2026-11-01', to: '2026-11-02', entry: actor }, 'Asia/Kathmandu'),
    ).toEqual({
      actorId: actor,
      from: '2026-10-31T18:15:00.000Z',
      to: '2026-11-02T18:15:00.000Z',
    });
  });
});

describe('EntrySheet', () => {
  const entry: AuditEntry = {
    id: 'e1',
    seq: 7,
    type: 'members.member_role_changed',
    actor: { kind: 'user', userId: actor, apiKeyId: null },
    actorName: 'Sunita Shrestha',
    subject: { type: 'member', id: 'anjali', version: 2 },
    data: { changed: ['roleId'], userId: 'anjali' },
    before: { roleId: 'r1', note: null },
    after: { roleId: 'r2', note: 'helps in the shop' },
    ip: '10.0.0.7',
    userAgent: 'Firefox',
    requestId: 'request-1',
    traceId: null,
    occurredAt: '2026-11-01T00:15:00.000Z',
  };
  const names = new Map([
    ['r1', 'Guest'],
    ['r2', 'Accountant'],
    ['anjali', 'Anjali Maharjan'],
  ]);

  it('tells who, what, from where, and what became of each field, in names instead of ids', async () => {
    const onSubject = vi.fn();
    const { user } = showInside(
      <EntrySheet entry={entry} names={names} onClose={vi.fn()} onSubject={onSubject} onActor={undefined} />,
    );
    const sheet = within(screen.getByRole('dialog', { name: 'Role of a member changed' }));
    for (const text of ['Sunita Shrestha', '10.0.0.7', 'Firefox', 'request-1'])
      expect(sheet.getByText(text)).toBeInTheDocument();
    const [role, note] = [sheet.getByText('Role'), sheet.getByText('Note')].map((term) => term.parentElement);
    expect(role).toHaveTextContent('RoleBefore:GuestAfter:Accountant');
    expect(note).toHaveTextContent('NoteAfter:helps in the shop');
    expect(sheet.queryByRole('button', { name: 'Only this person' })).toBeNull();
    await user.click(sheet.getByRole('button', { name: 'Only this subject' }));
    expect(onSubject).toHaveBeenCalledOnce();
  });
});

describe('the number of exported entries', () => {
  it('counts records, not lines', () => {
    expect(csvRows('a,b\r\n1,"two\nlines"\r\n2,"a ""quote"""\r\n')).toBe(2);
    expect(csvRows('a,b\r\n')).toBe(0);
  });
});
