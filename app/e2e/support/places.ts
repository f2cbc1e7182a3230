import { entries } from '@/nav';
import type { Company } from './company';

export interface Place {
  name: string;
  path: string;
}

/** Pages before and around a session that need nothing but their address. */
export const outside: readonly Place[] = [
  '/sign-in',
  '/sign-in?reason=expired',
  '/sign-up',
  '/forgot-password',
  '/verify-email',
  '/reset-password',
  '/confirm-email',
  '/accept-invitation',
  '/nowhere-at-all',
].map((path) => ({ name: path, path }));

/** Every page of the registry, and those that stand below one of them. */
export function inside({ owner, tickets }: Company): Place[] {
  const registered = entries.map(({ id, path }) => ({ name: id, path: owner.at(path) }));
  const [ticket] = tickets;
  return [
    ...registered,
    ...(ticket ? [{ name: 'ticket', path: owner.at(`/tickets/${ticket.id}`) }] : []),
    { name: 'invitations', path: owner.at('/settings/members/invitations') },
    { name: 'nothing there', path: owner.at('/nowhere-at-all') },
    { name: 'choice of organization', path: '/organizations' },
    { name: 'new organization', path: '/organizations/new' },
  ];
}
