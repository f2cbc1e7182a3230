// Pictures of every page, wide and narrow, light and dark, with the demo data of `api serve --dev`.
// MERO_BASE_URL says where it runs, MERO_SCREENSHOTS where the pictures go, MERO_CHROMIUM which browser takes them.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { insist, launch, signIn, url } from './demo.mjs';

const folder = process.env.MERO_SCREENSHOTS ?? 'screenshots';
const sizes = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
];
const themes = ['light', 'dark'];
const outside = ['/sign-in', '/sign-up', '/forgot-password'];

/** What the sidebar leads to, and one of each kind of thing that has a page of its own. */
async function places(context, page, { token, slug }) {
  const at = (path) => `/o/${slug}${path}`;
  const found = new Set([at('/')]);
  for (const start of [at('/'), at('/settings/profile')]) {
    await quiet(page, start);
    const links = page.locator('aside nav a');
    for (const href of await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))) {
      if (href) found.add(href);
    }
  }
  const headers = { Authorization: `Bearer ${token}` };
  const one = async (path, what) => {
    const answer = await insist(await context.request.get(`/api/v1${path}`, { headers }), what);
    const [first] = (await answer.json()).data;
    return first.id;
  };
  const ticket = await one('/tickets?limit=1', 'a ticket');
  const customer = await one('/customers?limit=1', 'a customer');
  const invoice = await one('/invoices?limit=1&status=partially_paid', 'an invoice');
  const draft = await one('/invoices?limit=1&status=draft', 'a draft');
  const sent = await one('/campaigns?limit=1&state=sent', 'a campaign that was sent');
  const written = await one('/campaigns?limit=1&state=draft', 'a campaign');
  const list = await one('/contact-lists?limit=1', 'a list');
  const more = [
    '/tickets?view=list',
    `/tickets?peek=${ticket}`,
    `/tickets/${ticket}`,
    '/settings/members/invitations',
    `/invoices/${invoice}`,
    `/invoices/${draft}#draft`,
    '/invoices/customers',
    `/invoices/customers/${customer}`,
    '/invoices/catalogue',
    '/invoices/ageing',
    '/invoices/recurring',
    '/invoices/recurring/new',
    `/campaigns/${sent}`,
    `/campaigns/${written}?step=content#draft`,
    `/campaigns/${written}?step=review#draft`,
    '/campaigns/lists',
    `/campaigns/lists/${list}`,
    '/campaigns/suppressions',
  ].map(at);
  return [...found, ...more];
}

/** A page at rest: nothing is being fetched and no skeleton stands. */
async function quiet(page, path) {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

const nameOf = (path) =>
  path
    .replace(/^\/o\/[^/]+/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'one')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '') || 'home';

async function take(context, page, paths) {
  for (const { name, width, height } of sizes) {
    await page.setViewportSize({ width, height });
    for (const theme of themes) {
      await context.addCookies([{ name: 'mj_theme', value: theme, url }]);
      for (const path of paths) {
        await quiet(page, path);
        await page.screenshot({ path: join(folder, `${nameOf(path)}-${name}-${theme}.png`) });
      }
    }
  }
}

await mkdir(folder, { recursive: true });
const browser = await launch();
const options = { baseURL: url, reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } };
const guest = await browser.newContext(options);
await take(guest, await guest.newPage(), outside);
const context = await browser.newContext(options);
const session = await signIn(context);
const page = await context.newPage();
await take(context, page, await places(context, page, session));
await browser.close();
