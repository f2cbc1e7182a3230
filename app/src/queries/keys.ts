/**
 * Every key of the cache. All begin with the organization: leaving one removes its whole subtree, and two of them never
 * mix. What belongs to the person alone begins with `me`.
 */
const org = (id: string) => ['org', id] as const;

export const keys = {
  org,
  bootstrap: (id: string) => [...org(id), 'bootstrap'] as const,
  feed: (id: string) => [...org(id), 'feed'] as const,
  activity: (id: string) => [...org(id), 'activity'] as const,
  organization: {
    all: (id: string) => [...org(id), 'organization'] as const,
    profile: (id: string) => [...org(id), 'organization', 'profile'] as const,
    policy: (id: string) => [...org(id), 'organization', 'policy'] as const,
    lockout: (id: string, policy: object) => [...org(id), 'organization', 'lockout', policy] as const,
  },
  settings: (id: string) => [...org(id), 'settings'] as const,
  members: family('members'),
  invitations: family('invitations'),
  roles: family('roles'),
  scopes: (id: string) => [...org(id), 'scopes'] as const,
  people: family('people'),
  apiKeys: family('apiKeys'),
  tickets: {
    ...family('tickets'),
    comments: (id: string, ticket: string) => [...org(id), 'tickets', 'detail', ticket, 'comments'] as const,
    revisions: (id: string, ticket: string, comment: string) =>
      [...org(id), 'tickets', 'detail', ticket, 'comments', comment] as const,
    activities: (id: string, ticket: string) =>
      [...org(id), 'tickets', 'detail', ticket, 'activities'] as const,
    links: (id: string, ticket: string) => [...org(id), 'tickets', 'detail', ticket, 'links'] as const,
    watchers: (id: string, ticket: string) => [...org(id), 'tickets', 'detail', ticket, 'watchers'] as const,
    attachments: (id: string, ticket: string) =>
      [...org(id), 'tickets', 'detail', ticket, 'attachments'] as const,
    analytics: (id: string, range: object) => [...org(id), 'tickets', 'analytics', range] as const,
  },
  ticketBoard: (id: string) => [...org(id), 'ticketBoard'] as const,
  files: {
    link: (id: string, file: string, rendition: string) =>
      [...org(id), 'files', 'link', file, rendition] as const,
    usage: (id: string) => [...org(id), 'files', 'usage'] as const,
  },
  notifications: {
    ...family('notifications'),
    counts: (id: string) => [...org(id), 'notifications', 'counts'] as const,
    preferences: (id: string) => [...org(id), 'notifications', 'preferences'] as const,
    defaults: (id: string) => [...org(id), 'notifications', 'defaults'] as const,
  },
  invoices: {
    ...family('invoices'),
    payments: (id: string, invoice: string) =>
      [...org(id), 'invoices', 'detail', invoice, 'payments'] as const,
    creditNotes: (id: string, invoice: string) =>
      [...org(id), 'invoices', 'detail', invoice, 'creditNotes'] as const,
    links: (id: string, invoice: string) => [...org(id), 'invoices', 'detail', invoice, 'links'] as const,
    sendings: (id: string, invoice: string) =>
      [...org(id), 'invoices', 'detail', invoice, 'sendings'] as const,
    claims: (id: string, invoice: string) => [...org(id), 'invoices', 'detail', invoice, 'claims'] as const,
    activity: (id: string, invoice: string) =>
      [...org(id), 'invoices', 'detail', invoice, 'activity'] as const,
    creditNote: (id: string, note: string) => [...org(id), 'invoices', 'creditNote', note] as const,
    paper: (id: string, of: string) => [...org(id), 'papers', of] as const,
    preview: (id: string, body: object) => [...org(id), 'invoices', 'preview', body] as const,
    ageing: (id: string) => [...org(id), 'invoices', 'ageing'] as const,
  },
  invoiceSchedules: {
    ...family('invoiceSchedules'),
    preview: (id: string, body: object) => [...org(id), 'invoiceSchedules', 'preview', body] as const,
    made: (id: string, schedule: string) =>
      [...org(id), 'invoiceSchedules', 'detail', schedule, 'made'] as const,
  },
  invoiceSettings: (id: string) => [...org(id), 'invoiceSettings'] as const,
  customers: {
    ...family('customers'),
    statement: (id: string, customer: string, range: object) =>
      [...org(id), 'customers', 'detail', customer, 'statement', range] as const,
  },
  catalogueItems: family('catalogueItems'),
  taxRates: family('taxRates'),
  campaigns: {
    ...family('campaigns'),
    report: (id: string, campaign: string) =>
      [...org(id), 'campaigns', 'detail', campaign, 'report'] as const,
    recipients: (id: string, campaign: string, search: object) =>
      [...org(id), 'campaigns', 'detail', campaign, 'recipients', search] as const,
    ledger: (id: string, campaign: string) =>
      [...org(id), 'campaigns', 'detail', campaign, 'recipients'] as const,
    preflights: (id: string) => [...org(id), 'campaigns', 'preflight'] as const,
    preflight: (id: string, campaign: string, version: number) =>
      [...org(id), 'campaigns', 'preflight', campaign, version] as const,
    preview: (id: string, campaign: string, version: number, reader: object) =>
      [...org(id), 'campaigns', 'preview', campaign, version, reader] as const,
  },
  contactLists: {
    ...family('contactLists'),
    contacts: (id: string, list: string) => [...org(id), 'contactLists', 'detail', list, 'contacts'] as const,
  },
  suppressions: family('suppressions'),
  publicInvoice: (token: string) => ['public', 'invoice', token] as const,
  audit: { ...family('audit'), verification: (id: string) => [...org(id), 'audit', 'verification'] as const },
  jobs: family('jobs'),
  me: {
    all: ['me'] as const,
    profile: ['me', 'profile'] as const,
    sessions: ['me', 'sessions'] as const,
    organizations: ['me', 'organizations'] as const,
    enrolment: ['me', 'enrolment'] as const,
    invitation: (token: string) => ['me', 'invitation', token] as const,
  },
};

function family<F extends string>(name: F) {
  return {
    all: (id: string) => [...org(id), name] as const,
    lists: (id: string) => [...org(id), name, 'list'] as const,
    list: (id: string, search: object) => [...org(id), name, 'list', search] as const,
    detail: (id: string, entity: string) => [...org(id), name, 'detail', entity] as const,
  };
}
