import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import {
  readCampaignSearch,
  readCampaignsSearch,
  readSuppressionsSearch,
} from '@/components/campaigns/search';
import { readRange } from '@/components/dashboard/range';
import { type InboxView, inboxViews } from '@/components/inbox/view';
import {
  readCustomerSearch,
  readCustomersSearch,
  readInvoiceSearch,
  readInvoicesSearch,
  readNewInvoiceSearch,
  readSchedulesSearch,
} from '@/components/invoices/search';
import {
  NotFoundPage,
  PageError,
  PagePending,
  WholePageError,
  WholePageNotFound,
} from '@/components/layout/PageStates';
import { RootLayout } from '@/components/layout/RootLayout';
import { type Concern, readConcern } from '@/components/tickets/my-work';
import { readTicketsSearch, type TicketsSearch } from '@/components/tickets/search';
import { withTexts } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { type SafePath, safePath } from '@/lib/safe-path';
import { bootstrapOptions, holds } from '@/queries/bootstrap';
import { queryClient } from '@/queries/client';
import { keys } from '@/queries/keys';
import { enterOrganization, resume, useSession } from '@/stores/session';
import { entry, type NavId } from './nav';
import { auditView } from './pages/audit/search';
import { jobsSearch } from './pages/jobs/search';
import { invitationsSearch, membersSearch } from './pages/members/search';
import { rolesSearch } from './pages/roles/search';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** The entry of the registry that this page belongs to: its title and what it takes to see it. */
    nav?: NavId;
    /** The title of a page outside of the registry. */
    title?: string;
  }
}

const rootRoute = createRootRoute({
  component: RootLayout,
  notFoundComponent: WholePageNotFound,
  errorComponent: WholePageError,
});

/** Waits until it is known whether somebody is signed in. */
async function session() {
  if (useSession.getState().status === 'unknown') await resume(undefined);
  const state = useSession.getState();
  if (state.status === 'unreachable') throw new ProblemError({ status: 0 });
  return state;
}

/** Only with a session; without one the page comes back after the sign-in. */
async function signedIn(next: string) {
  const state = await session();
  if (state.status !== 'user') throw redirect({ to: '/sign-in', search: { next: safePath(next) } });
  return state;
}

/** Where somebody who is signed in belongs. */
async function home(): Promise<never> {
  const { organization, organizations, mfaSetupRequired } = await signedIn('/');
  if (mfaSetupRequired) throw redirect({ to: '/second-factor' });
  const first = organization ?? (organizations.length === 1 ? organizations[0] : undefined);
  if (first) throw redirect({ to: '/o/$slug', params: { slug: first.slug } });
  throw redirect({ to: organizations.length > 0 ? '/organizations' : '/organizations/new' });
}

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  errorComponent: WholePageError,
  beforeLoad: home,
});

/** Before and around a session: one column, no shell. */
const authLayout = createRoute({
  getParentRoute: () => rootRoute,
  id: 'auth',
  component: lazyRouteComponent(
    withTexts(() => import('@/components/layout/AuthLayout'), 'auth'),
    'AuthLayout',
  ),
});

type Next = { next?: SafePath | undefined };
const withNext = (search: { next?: unknown } & SearchSchemaInput): Next =>
  search.next === undefined ? {} : { next: safePath(search.next) };

const signInRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/sign-in',
  staticData: { title: 'auth.signIn' },
  validateSearch: (
    search: { next?: unknown; reason?: unknown } & SearchSchemaInput,
  ): Next & { reason?: 'expired' | 'signedOut' | 'otherUser' | 'passwordReset' | 'emailChanged' } => {
    const reasons = ['expired', 'signedOut', 'otherUser', 'passwordReset', 'emailChanged'] as const;
    const reason = reasons.find((candidate) => candidate === search.reason);
    return { ...withNext(search), ...(reason && { reason }) };
  },
  beforeLoad: async ({ search }) => {
    const { status } = await session();
    if (status === 'user') throw search.next ? redirect({ href: search.next }) : redirect({ to: '/' });
  },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/SignInPage'), 'auth'),
    'SignInPage',
  ),
});

const signUpRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/sign-up',
  staticData: { title: 'auth.signUp' },
  validateSearch: (search: { step?: unknown } & SearchSchemaInput): { step?: SignUpStep } => {
    const step = signUpSteps.find((candidate) => candidate === search.step);
    return step ? { step } : {};
  },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/SignUpPage'), 'auth'),
    'SignUpPage',
  ),
});

const signUpSteps = ['email', 'name', 'password', 'organization', 'sent'] as const;
type SignUpStep = (typeof signUpSteps)[number];

const forgotRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/forgot-password',
  staticData: { title: 'auth.forgotTitle' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/ForgotPasswordPage'), 'auth'),
    'ForgotPasswordPage',
  ),
});

// The paths of the next four stand in mails: the server chose them. Their token is behind the `#`.
const verifyRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/verify-email',
  staticData: { title: 'auth.verifyTitle' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/VerifyEmailPage'), 'auth'),
    'VerifyEmailPage',
  ),
});

const resetRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/reset-password',
  staticData: { title: 'auth.resetTitle' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/ResetPasswordPage'), 'auth'),
    'ResetPasswordPage',
  ),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/confirm-email',
  staticData: { title: 'auth.confirmEmailTitle' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/ConfirmEmailPage'), 'auth'),
    'ConfirmEmailPage',
  ),
});

const acceptRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/accept-invitation',
  staticData: { title: 'auth.invitationTitle' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/AcceptInvitationPage'), 'auth'),
    'AcceptInvitationPage',
  ),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/second-factor',
  staticData: { title: 'auth.secondFactorTitle' },
  validateSearch: withNext,
  beforeLoad: async ({ location, search }) => {
    const { mfaSetupRequired } = await signedIn(location.href);
    if (!mfaSetupRequired) throw search.next ? redirect({ href: search.next }) : redirect({ to: '/' });
  },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/auth/SecondFactorPage'), 'auth'),
    'SecondFactorPage',
  ),
});

const organizationsRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/organizations',
  staticData: { title: 'organizations.pickTitle' },
  beforeLoad: async ({ location }) => void (await signedIn(location.href)),
  component: lazyRouteComponent(() => import('@/pages/organizations/PickPage'), 'PickPage'),
});

const foundRoute = createRoute({
  getParentRoute: () => authLayout,
  path: '/organizations/new',
  staticData: { title: 'organizations.newTitle' },
  beforeLoad: async ({ location }) => void (await signedIn(location.href)),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/organizations/FoundPage'), 'auth'),
    'FoundPage',
  ),
});

// Mails link to `/settings/..` and `/tickets/..` without an organization: the one this tab would open.
async function intoOrganization({ location }: { location: { pathname: string; searchStr: string } }) {
  const { organization, organizations } = await signedIn(location.pathname + location.searchStr);
  const slug = (organization ?? organizations[0])?.slug;
  if (slug === undefined) throw redirect({ to: '/organizations/new' });
  throw redirect({ href: `/o/${slug}${location.pathname}${location.searchStr}`, replace: true });
}
const bareSettingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/$',
  beforeLoad: intoOrganization,
});
const bareTicketsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tickets/$',
  beforeLoad: intoOrganization,
});

/** Everything of one organization. Which one, says the address, so two tabs can be in two. */
const orgRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$slug',
  errorComponent: WholePageError,
  component: lazyRouteComponent(() => import('@/components/layout/OrgLayout'), 'OrgLayout'),
  beforeLoad: async ({ params: { slug }, location, cause }) => {
    if (cause === 'preload') return;
    const { mfaSetupRequired, organization: before } = await signedIn(location.href);
    if (mfaSetupRequired) throw redirect({ to: '/second-factor', search: { next: safePath(location.href) } });
    if (!(await enterOrganization(slug)))
      throw new ProblemError({ status: 403, code: 'organization_access_denied' });
    const organization = useSession.getState().organization;
    if (!organization) throw redirect({ to: '/organizations' });
    if (before && before.id !== organization.id) forget(before.id);
    if (organization.slug !== slug) {
      // The organization was renamed: the address of today.
      const href = location.href.replace(`/o/${slug}`, `/o/${organization.slug}`);
      throw redirect({ href, replace: true });
    }
    await queryClient.ensureQueryData(bootstrapOptions(organization.id));
  },
});

/** May the page be seen by who is signed in here? */
function isOpen(id: NavId): boolean {
  const org = useSession.getState().organization?.id;
  const boot = org === undefined ? undefined : queryClient.getQueryData(bootstrapOptions(org).queryKey);
  const { scopes, app } = entry(id);
  return boot !== undefined && holds(scopes, boot.scopes) && (app === undefined || boot.apps.includes(app));
}

/** Leaving an organization takes its data off this tab. */
function forget(id: string): void {
  void queryClient.cancelQueries({ queryKey: keys.org(id) });
  queryClient.removeQueries({ queryKey: keys.org(id) });
}

const homeRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/',
  staticData: { nav: 'home' },
  validateSearch: (search: { range?: unknown; from?: unknown; to?: unknown } & SearchSchemaInput) =>
    readRange(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/dashboard/DashboardPage'), 'dashboard', 'inbox'),
    'DashboardPage',
  ),
});

const inboxRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/inbox',
  staticData: { nav: 'inbox' },
  validateSearch: (search: { view?: unknown } & SearchSchemaInput): { view?: InboxView } => {
    const view = inboxViews.find((candidate) => candidate === search.view);
    return view && view !== 'inbox' ? { view } : {};
  },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/inbox/InboxPage'), 'inbox'),
    'InboxPage',
  ),
});

const myWorkRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/my-work',
  staticData: { nav: 'myWork' },
  validateSearch: (search: { of?: unknown } & SearchSchemaInput): { of?: Concern } => {
    const concern = readConcern(search.of);
    return concern === 'assigned' ? {} : { of: concern };
  },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/work/MyWorkPage'), 'tickets'),
    'MyWorkPage',
  ),
});

const ticketsPage = withTexts(() => import('@/pages/tickets/TicketsPage'), 'tickets');

const ticketsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/tickets',
  staticData: { nav: 'tickets' },
  validateSearch: (search: TicketsSearch & SearchSchemaInput) => readTicketsSearch(search),
  // The tickets are on their way when the page is drawn for the first time. What fails, the page says.
  beforeLoad: async ({ cause, search }) => {
    if (cause === 'stay' || !isOpen('tickets')) return;
    const { fetchAhead } = await ticketsPage();
    await fetchAhead(queryClient, search).catch(() => undefined);
  },
  component: lazyRouteComponent(ticketsPage, 'TicketsPage'),
});

const ticketRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/tickets/$ticketId',
  staticData: { nav: 'tickets' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/tickets/TicketDetailPage'), 'tickets'),
    'TicketDetailPage',
  ),
});

const ticketSettingsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/tickets',
  staticData: { nav: 'ticketSettings' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/tickets/TicketSettingsPage'), 'tickets'),
    'TicketSettingsPage',
  ),
});

const invoicesRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices',
  staticData: { nav: 'invoices' },
  validateSearch: (search: Parameters<typeof readInvoicesSearch>[0] & SearchSchemaInput) =>
    readInvoicesSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/InvoicesPage'), 'invoices'),
    'InvoicesPage',
  ),
});
const newInvoiceRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/new',
  staticData: { nav: 'invoices' },
  validateSearch: (search: { customer?: unknown } & SearchSchemaInput) => readNewInvoiceSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/NewInvoicePage'), 'invoices'),
    'NewInvoicePage',
  ),
});
const recurringRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/recurring',
  staticData: { nav: 'invoices' },
  validateSearch: (search: { view?: unknown } & SearchSchemaInput) => readSchedulesSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/RecurringPage'), 'invoices', 'recurring'),
    'RecurringPage',
  ),
});
const newRecurringRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/recurring/new',
  staticData: { nav: 'invoices' },
  validateSearch: (search: { customer?: unknown } & SearchSchemaInput) => readNewInvoiceSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/NewRecurringPage'), 'invoices', 'recurring'),
    'NewRecurringPage',
  ),
});
const scheduleRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/recurring/$scheduleId',
  staticData: { nav: 'invoices' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/SchedulePage'), 'invoices', 'recurring'),
    'SchedulePage',
  ),
});
const customersRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/customers',
  staticData: { nav: 'invoices' },
  validateSearch: (search: Parameters<typeof readCustomersSearch>[0] & SearchSchemaInput) =>
    readCustomersSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/CustomersPage'), 'invoices'),
    'CustomersPage',
  ),
});
const customerRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/customers/$customerId',
  staticData: { nav: 'invoices' },
  validateSearch: (search: Parameters<typeof readCustomerSearch>[0] & SearchSchemaInput) =>
    readCustomerSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/CustomerPage'), 'invoices'),
    'CustomerPage',
  ),
});
const catalogueRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/catalogue',
  staticData: { nav: 'invoices' },
  validateSearch: (search: Parameters<typeof readCustomersSearch>[0] & SearchSchemaInput) =>
    readCustomersSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/CataloguePage'), 'invoices'),
    'CataloguePage',
  ),
});
const ageingRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/ageing',
  staticData: { nav: 'invoices' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/AgeingPage'), 'invoices'),
    'AgeingPage',
  ),
});
const invoiceRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/invoices/$invoiceId',
  staticData: { nav: 'invoices' },
  validateSearch: (search: { ask?: unknown } & SearchSchemaInput) => readInvoiceSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/InvoicePage'), 'invoices'),
    'InvoicePage',
  ),
});
const invoiceSettingsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/invoices',
  staticData: { nav: 'invoiceSettings' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/InvoiceSettingsPage'), 'invoices'),
    'InvoiceSettingsPage',
  ),
});

const campaignsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/campaigns',
  staticData: { nav: 'campaigns' },
  validateSearch: (search: Parameters<typeof readCampaignsSearch>[0] & SearchSchemaInput) =>
    readCampaignsSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/campaigns/CampaignsPage'), 'campaigns'),
    'CampaignsPage',
  ),
});
const contactListsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/campaigns/lists',
  staticData: { nav: 'campaigns' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/campaigns/ListsPage'), 'campaigns'),
    'ListsPage',
  ),
});
const contactListRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/campaigns/lists/$listId',
  staticData: { nav: 'campaigns' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/campaigns/ListPage'), 'campaigns'),
    'ListPage',
  ),
});
const suppressionsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/campaigns/suppressions',
  staticData: { nav: 'campaigns' },
  validateSearch: (search: Parameters<typeof readSuppressionsSearch>[0] & SearchSchemaInput) =>
    readSuppressionsSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/campaigns/SuppressionsPage'), 'campaigns'),
    'SuppressionsPage',
  ),
});
const campaignRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/campaigns/$campaignId',
  staticData: { nav: 'campaigns' },
  validateSearch: (search: Parameters<typeof readCampaignSearch>[0] & SearchSchemaInput) =>
    readCampaignSearch(search),
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/campaigns/CampaignPage'), 'campaigns'),
    'CampaignPage',
  ),
});

/** For whoever was sent the link: no session, no shell. The token is behind the `#`. */
const publicInvoiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invoice',
  staticData: { title: 'nav.invoice' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/invoices/PublicInvoicePage'), 'invoices'),
    'PublicInvoicePage',
  ),
});

const appearanceRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/appearance',
  staticData: { nav: 'appearance' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/account/AppearancePage'), 'account'),
    'AppearancePage',
  ),
});

const notificationsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/notifications',
  staticData: { nav: 'notifications' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/account/NotificationPreferencesPage'), 'account'),
    'NotificationPreferencesPage',
  ),
});

const securityRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/security',
  staticData: { nav: 'security' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/account/SecurityPage'), 'account', 'auth'),
    'SecurityPage',
  ),
});

const myOrganizationsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/organizations',
  staticData: { nav: 'myOrganizations' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/account/MyOrganizationsPage'), 'account'),
    'MyOrganizationsPage',
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: entry('profile').path as '/settings/profile',
  staticData: { nav: 'profile' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/profile/ProfilePage'), 'account', 'auth'),
    'ProfilePage',
  ),
});

const membersRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/members',
  staticData: { nav: 'members' },
  validateSearch: membersSearch,
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/members/MembersPage'), 'members'),
    'MembersPage',
  ),
});
const invitationsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/members/invitations',
  staticData: { nav: 'members' },
  validateSearch: invitationsSearch,
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/members/InvitationsPage'), 'members'),
    'InvitationsPage',
  ),
});
const rolesRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/roles',
  staticData: { nav: 'roles' },
  validateSearch: rolesSearch,
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/roles/RolesPage'), 'roles'),
    'RolesPage',
  ),
});
const organizationRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/organization',
  staticData: { nav: 'organization' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/settings/OrganizationPage'), 'orgSettings'),
    'OrganizationPage',
  ),
});
const policyRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/policy',
  staticData: { nav: 'policy' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/settings/PolicyPage'), 'orgSettings'),
    'PolicyPage',
  ),
});
const apiKeysRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/api-keys',
  staticData: { nav: 'apiKeys' },
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/apiKeys/ApiKeysPage'), 'apiKeys', 'roles'),
    'ApiKeysPage',
  ),
});
const auditRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/audit',
  staticData: { nav: 'audit' },
  validateSearch: auditView,
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/audit/AuditPage'), 'audit'),
    'AuditPage',
  ),
});
const jobsRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/settings/jobs',
  staticData: { nav: 'jobs' },
  validateSearch: jobsSearch,
  component: lazyRouteComponent(
    withTexts(() => import('@/pages/jobs/JobsPage'), 'jobs'),
    'JobsPage',
  ),
});

// Every atomic part in every state; in development builds only.
const kitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dev/kit',
  beforeLoad: () => {
    if (!import.meta.env.DEV) throw notFound();
  },
  component: import.meta.env.DEV
    ? lazyRouteComponent(
        withTexts(() => import('@/pages/dev/KitPage'), 'kit'),
        'KitPage',
      )
    : NotFoundPage,
});

// An address that is none keeps the shell: the way on is beside it.
const nowhereRoute = createRoute({
  getParentRoute: () => orgRoute,
  path: '/$',
  staticData: { title: 'shell.notFoundTitle' },
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  authLayout.addChildren([
    signInRoute,
    signUpRoute,
    forgotRoute,
    verifyRoute,
    resetRoute,
    confirmEmailRoute,
    acceptRoute,
    secondFactorRoute,
    organizationsRoute,
    foundRoute,
  ]),
  bareSettingsRoute,
  bareTicketsRoute,
  publicInvoiceRoute,
  kitRoute,
  orgRoute.addChildren([
    homeRoute,
    inboxRoute,
    myWorkRoute,
    ticketsRoute,
    ticketRoute,
    ticketSettingsRoute,
    invoicesRoute,
    newInvoiceRoute,
    recurringRoute,
    newRecurringRoute,
    scheduleRoute,
    customersRoute,
    customerRoute,
    catalogueRoute,
    ageingRoute,
    invoiceRoute,
    invoiceSettingsRoute,
    campaignsRoute,
    contactListsRoute,
    contactListRoute,
    suppressionsRoute,
    campaignRoute,
    profileRoute,
    appearanceRoute,
    membersRoute,
    invitationsRoute,
    rolesRoute,
    organizationRoute,
    policyRoute,
    apiKeysRoute,
    auditRoute,
    jobsRoute,
    notificationsRoute,
    securityRoute,
    myOrganizationsRoute,
    nowhereRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultErrorComponent: PageError,
  defaultPendingComponent: PagePending,
  defaultNotFoundComponent: NotFoundPage,
});
