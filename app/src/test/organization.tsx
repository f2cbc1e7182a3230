import type { ReactNode } from 'react';
import {
  type Bootstrap,
  type Member,
  type Role,
  type Scope,
  type ScopeEntry,
  scopeValues,
} from '@/api/schema';
import { Toaster } from '@/components/ui/toast';
import { tokens } from '@/lib/token';
import { keys } from '@/queries/keys';
import { useSession } from '@/stores/session';
import { aSession, ORG } from './factories';
import { show } from './render';
import { api, HttpResponse, http, server } from './server';

/** Somebody in an organization, with rights; the owner unless told otherwise. */
export function aBootstrap(more: Partial<Bootstrap> = {}): Bootstrap {
  return {
    user: { ...aSession().user },
    organization: { id: ORG, slug: 'himal', name: 'Himal Traders' },
    role: { id: 'owner', name: 'Owner', rank: 100 },
    scopes: [...scopeValues],
    apps: ['tickets'],
    unread: { unread: 0, unseen: 0 },
    cursor: 1,
    ...more,
  };
}

export function aRole(name: string, more: Partial<Role> = {}): Role {
  return {
    id: name.toLowerCase(),
    name,
    description: '',
    rank: 50,
    scopes: [],
    isSystem: false,
    memberCount: 0,
    version: 3,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    ...more,
  };
}

export function aMember(fullName: string, more: Partial<Member> = {}): Member {
  return {
    userId: fullName.toLowerCase().replaceAll(' ', '-'),
    fullName,
    displayName: null,
    email: `${fullName.split(' ')[0]?.toLowerCase()}@himaltraders.example`,
    roleId: 'member',
    role: 'Member',
    rank: 50,
    status: 'active',
    joinedAt: '2026-11-01T00:00:00.000Z',
    version: 7,
    ...more,
  };
}

export function aScope(scope: Scope, app: string | null = null): ScopeEntry {
  return { scope, module: scope.split(':')[0] ?? '', description: `May ${scope}`, app, systemRoles: [] };
}

/** A part of a page of the organization, for somebody with these rights. Toasts are shown. */
export function showInside(part: ReactNode, boot: Bootstrap = aBootstrap()) {
  // Asked for again after every write that may change rights.
  server.use(http.get(api('/bootstrap'), () => HttpResponse.json(boot)));
  tokens.accept(aSession());
  useSession.setState({ status: 'user' });
  return show(
    <>
      {part}
      <Toaster />
    </>,
    (client) => client.setQueryData(keys.bootstrap(ORG), boot),
  );
}
