/** The texts that come with the pages that need them. Those that every page needs are in no area of these. */
export type Area =
  | 'account'
  | 'apiKeys'
  | 'audit'
  | 'auth'
  | 'campaigns'
  | 'dashboard'
  | 'files'
  | 'inbox'
  | 'invoices'
  | 'jobs'
  | 'kit'
  | 'members'
  | 'orgSettings'
  | 'recurring'
  | 'roles'
  | 'tickets';
