// How quick the app feels, in a real browser at the speed of an ordinary desktop and of a cheap phone: loads with an empty
// cache, and what one does with tickets. Prints the medians beside the goals; it judges nothing, for machines differ.
// Wants a server of `api serve --dev` with the demo data (MERO_BASE_URL), which it changes: tickets are added
// until there are some hundred, cards are dragged. MERO_RUNS: how often (5).
import { insist, launch, signIn, url } from './demo.mjs';

const RUNS = Number(process.env.MERO_RUNS ?? 5);
const profiles = [
  {
    name: 'desktop',
    context: { viewport: { width: 1440, height: 900 } },
    network: { megabits: 10, latency: 40 },
    cpu: 1,
    goals: { lcp: 1000, inp: 100 },
  },
  {
    name: 'phone',
    context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    network: { megabits: 1.6, latency: 150 },
    cpu: 4,
    goals: { lcp: 2500, inp: 200 },
  },
];
const CLS = 0.05;
const LONG = 300;

/** Runs in the page, before everything else: keeps what the browser measures. */
function observe() {
  const seen = { lcp: 0, cls: 0, inp: 0, longest: 0 };
  window.measured = seen;
  const watch = (type, take, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...options,
    });
  watch('largest-contentful-paint', (entry) => {
    seen.lcp = entry.startTime;
  });
  watch('layout-shift', (entry) => {
    if (!entry.hadRecentInput) seen.cls += entry.value;
  });
  const event = (entry) => {
    if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
  };
  watch('event', event, { durationThreshold: 16 });
  watch('longtask', (entry) => {
    seen.longest = Math.max(seen.longest, entry.duration);
  });
}

const measured = (page) => page.evaluate(() => ({ ...window.measured }));

/** From here on, only what happens next. */
const forget = (page) => page.evaluate(() => Object.assign(window.measured, { cls: 0, inp: 0, longest: 0 }));

/** A page with the network and the processor of the profile, and nothing in its cache. */
async function coldPage(context, { network, cpu }) {
  const page = await context.newPage();
  await page.addInitScript(observe);
  const browser = await context.newCDPSession(page);
  const bytes = (network.megabits * 1_000_000) / 8;
  await browser.send('Network.enable');
  await browser.send('Network.clearBrowserCache');
  await browser.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latency,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await browser.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return page;
}

/** Content stands and nothing is on its way. */
async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  // Entries of events and paints come a little after the fact.
  await page.waitForTimeout(300);
}

async function load(context, profile, path) {
  const page = await coldPage(context, profile);
  await page.goto(path);
  await settled(page);
  const { lcp, cls } = await measured(page);
  await page.close();
  return { lcp, cls };
}

/** Opens a page, and measures one thing that is done there. */
async function act(context, profile, path, what) {
  const page = await coldPage(context, profile);
  await page.goto(path);
  await settled(page);
  await forget(page);
  await what(page);
  await settled(page);
  const { cls, inp, longest } = await measured(page);
  await page.close();
  return { cls, inp, longest };
}

async function type(page) {
  await page.getByRole('searchbox').first().pressSequentially('ledger', { delay: 60 });
}

/** The filter as a menu: the first thing that floats. */
async function openMenu(page) {
  await page.locator('main [aria-haspopup]:visible').first().click();
  await page.locator('[role="menu"], [role="dialog"]').first().waitFor();
}

/** Into the next column, and back to where the next run looks for a card. */
async function drag(page) {
  const [from, to] = [0, 1].map((at) => page.getByRole('main').locator('section[aria-labelledby]').nth(at));
  const id = await from.locator('[data-card]').first().getAttribute('data-card');
  const card = `[data-card="${id}"]`;
  await from.locator(card).dragTo(to, { targetPosition: { x: 60, y: 80 } });
  await to.locator(card).waitFor();
  await to.locator(card).dragTo(from, { targetPosition: { x: 60, y: 80 } });
  await from.locator(card).waitFor();
}

async function scroll(page) {
  const list = page.locator('[data-cards]').first();
  await list.hover();
  for (let turn = 0; turn < 80; turn += 1) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
  }
}

/** A list is long from some hundred tickets on; the demo company has fewer. */
async function fill({ request }, token) {
  const authorization = { Authorization: `Bearer ${token}` };
  const list = await insist(
    await request.get('/api/v1/tickets?limit=1&count=true', { headers: authorization }),
    'the tickets',
  );
  const { totalCount } = await list.json();
  for (let number = totalCount; number < LONG; number += 1) {
    const headers = { ...authorization, 'Idempotency-Key': crypto.randomUUID() };
    const data = { title: `Weigh sample ${number} of the tea harvest` };
    await insist(await request.post('/api/v1/tickets', { headers, data }), 'a ticket');
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The medians of several runs, field by field. */
async function repeat(run) {
  const runs = [];
  for (let count = 0; count < RUNS; count += 1) runs.push(await run());
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((one) => one[key]))]));
}

function print(rows) {
  const heads = ['profile', 'what', 'LCP', 'INP', 'CLS', 'longest task'];
  const ms = (value, goal) =>
    value === undefined ? '' : `${Math.round(value)} ms${goal ? ` (${goal})` : ''}`;
  const lines = rows.map(({ profile, what, lcp, inp, cls, longest }) => [
    profile.name,
    what,
    ms(lcp, profile.goals.lcp),
    ms(inp, profile.goals.inp),
    `${cls.toFixed(3)} (${CLS})`,
    ms(longest, profile.name === 'desktop' ? 50 : undefined),
  ]);
  const all = [heads, ...lines];
  const widths = heads.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  for (const line of all) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  console.log(`\nMedian of ${RUNS} runs; the goal in brackets. A fast interaction (< 16 ms) counts as 0.`);
}

const browser = await launch();
const rows = [];
for (const profile of profiles) {
  const options = { baseURL: url, ...profile.context };
  const guest = await browser.newContext(options);
  const signedIn = await browser.newContext(options);
  const { slug, token } = await signIn(signedIn);
  await fill(signedIn, token);
  const at = (path) => `/o/${slug}${path}`;
  const loads = [
    ['sign-in, cold', guest, '/sign-in'],
    ['home, cold', signedIn, at('/')],
    ['board, cold', signedIn, at('/tickets')],
    ['list, cold', signedIn, at('/tickets?view=list')],
  ];
  for (const [what, context, path] of loads) {
    rows.push({ profile, what, ...(await repeat(() => load(context, profile, path))) });
  }
  const acts = [
    ['type in the filter', '/tickets', type],
    ['open the first menu', '/tickets', openMenu],
    // A finger moves cards by their menu.
    ...(profile.context.hasTouch ? [] : [['drag a card', '/tickets', drag]]),
    // The wheel is a mouse's.
    ...(profile.context.hasTouch ? [] : [['scroll the list', '/tickets?view=list&group=none', scroll]]),
  ];
  for (const [what, path, todo] of acts) {
    rows.push({ profile, what, ...(await repeat(() => act(signedIn, profile, at(path), todo))) });
  }
  await guest.close();
  await signedIn.close();
}
await browser.close();
print(rows);
