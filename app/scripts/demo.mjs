// A browser with the session of the demo owner, for scripts that look at a server of `api serve --dev`.
// MERO_BASE_URL says where it runs, MERO_CHROMIUM which browser.
import { chromium } from '@playwright/test';

export const url = process.env.MERO_BASE_URL ?? 'http://localhost:8080';

export const launch = () =>
  chromium.launch({
    executablePath: process.env.MERO_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });

export async function insist(answer, what) {
  if (!answer.ok()) throw new Error(`${what}: ${answer.status()} ${await answer.text()}`);
  return answer;
}

/** Password and the code of the moment, both from the page that lists the demo accounts. */
async function account(request) {
  const page = await (await insist(await request.get('/dev/accounts'), 'the demo accounts')).text();
  const password = /has the password <code>([^<]+)<\/code>/.exec(page)?.[1];
  const row = page.split('<tr>').find((text) => text.includes('Owner'));
  const email = /<code>([^<]+)<\/code>/.exec(row ?? '')?.[1];
  const code = /class="code">(\d{6})</.exec(row ?? '')?.[1];
  if (!password || !email || !code) throw new Error('no demo owner on /dev/accounts');
  return { email, password, code };
}

/** Password, then the code of the moment. */
async function prove({ request }) {
  const { email, password, code } = await account(request);
  const headers = { Origin: url };
  const login = await request.post('/api/v1/auth/login', { headers, data: { email, password } });
  const { challengeToken } = await (await insist(login, 'the password')).json();
  return await request.post('/api/v1/auth/mfa/challenge', { headers, data: { challengeToken, code } });
}

/** Signs in as the owner; the context keeps the cookie. */
export async function signIn(context) {
  let answer = await prove(context);
  if (answer.status() === 401) {
    // A code is good for one sign-in; the next one comes within half a minute.
    await new Promise((resolve) => setTimeout(resolve, 31_000));
    answer = await prove(context);
  }
  const { accessToken, organization } = await (await insist(answer, 'the code')).json();
  await context.addCookies([{ name: 'mj_session', value: '1', url }]);
  return { token: accessToken, slug: organization.slug };
}
