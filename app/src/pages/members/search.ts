import type { SearchSchemaInput } from '@tanstack/react-router';
import {
  type InvitationStatus,
  invitationStatusValues,
  type MemberStatus,
  memberStatusValues,
} from '@/api/schema';

export interface MembersSearch {
  q?: string;
  role?: string;
  status?: MemberStatus;
}

type Raw<S> = { [K in keyof S]?: unknown } & SearchSchemaInput;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).slice(0, 100) || undefined
    : undefined;

export function membersSearch(raw: Raw<MembersSearch>): MembersSearch {
  const [q, role] = [text(raw.q), text(raw.role)];
  const status = memberStatusValues.find((value) => value === raw.status);
  return { ...(q && { q }), ...(role && { role }), ...(status && { status }) };
}

export interface InvitationsSearch {
  status?: InvitationStatus;
}

export function invitationsSearch(raw: Raw<InvitationsSearch>): InvitationsSearch {
  const status = invitationStatusValues.find((value) => value === raw.status);
  return status ? { status } : {};
}
