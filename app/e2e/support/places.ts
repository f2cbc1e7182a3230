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
  '/invoice',
  '/nowhere-at-all',
].map((path) => ({ name: path, path }));

/** Every page of the registry, and those that stand below one of them. */
export function inside({ owner, tickets, papers, mailings }: Company): Place[] {
  const registered = entries.map(({ id, path }) => ({ name: id, path: owner.at(path) }));
  const [ticket] = tickets;
  return [
    ...registered,
    ...(ticket ? [{ name: 'ticket', path: owner.at(`/tickets/${ticket.id}`) }] : []),
    { name: 'new invoice', path: owner.at('/invoices/new') },
    { name: 'draft of an invoice', path: owner.at(`/invoices/${papers.draft}`) },
    { name: 'customer', path: owner.at(`/invoices/customers/${papers.customer}`) },
    { name: 'issued invoice', path: owner.at(`/invoices/${papers.issued}`) },
    { name: 'sent campaign', path: owner.at(`/campaigns/${mailings.sent}`) },
    { name: 'recurring', path: owner.at('/invoices/recurring') },
    { name: 'new recurring', path: owner.at(`/invoices/recurring/new?customer=${papers.customer}`) },
    { name: 'schedule', path: owner.at(`/invoices/recurring/${papers.schedule}`) },
    { name: 'customers', path: owner.at('/invoices/customers') },
    { name: 'statement', path: owner.at(`/invoices/customers/${papers.customer}?tab=statement`) },
    { name: 'catalogue', path: owner.at('/invoices/catalogue') },
    { name: 'ageing', path: owner.at('/invoices/ageing') },
    { name: 'public invoice', path: papers.link },
    { name: 'draft of a campaign', path: owner.at(`/campaigns/${mailings.draft}`) },
    { name: 'campaigns by state', path: owner.at('/campaigns?state=sent') },
    { name: 'content of a campaign', path: owner.at(`/campaigns/${mailings.draft}?step=content`) },
    { name: 'lists', path: owner.at('/campaigns/lists') },
    { name: 'settings of a campaign', path: owner.at(`/campaigns/${mailings.draft}?step=settings`) },
    { name: 'people of a list', path: owner.at(`/campaigns/lists/${mailings.list}`) },
    { name: 'review of a campaign', path: owner.at(`/campaigns/${mailings.draft}?step=review`) },
    { name: 'addresses not written to', path: owner.at('/campaigns/suppressions') },
    { name: 'scheduled campaign', path: owner.at(`/campaigns/${mailings.scheduled}`) },
    { name: 'invitations', path: owner.at('/settings/members/invitations') },
    { name: 'nothing there', path: owner.at('/nowhere-at-all') },
    { name: 'choice of organization', path: '/organizations' },
    { name: 'new organization', path: '/organizations/new' },
  ];
}
