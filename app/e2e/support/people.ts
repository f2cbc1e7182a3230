import type { Scope, SessionAnswer, SessionOrganization } from '@/api/schema';
import type { Body, Ok } from '@/api/types';
import { mailedToken } from './mail';
import { place, unique } from './place';
import { Telephone } from './totp';

export const PASSWORD = 'seven quiet herons by the lake';

interface Sent {
  body?: object;
  token?: string | undefined;
  version?: number;
}

/** One call of the API by a program; anything but success is a defect of the story. */
export async function call<T>(method: string, path: string, { body, token, version }: Sent = {}): Promise<T> {
  const answer = await fetch(`${place.api}/api/v1${path}`, {
    method,
    headers: {
      'X-Token-Transport': 'body',
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'Idempotency-Key': crypto.randomUUID() }),
      ...(version !== undefined && { 'If-Match': `"${version}"` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  // The API says what it answers; the caller names it.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Somebody with an account, as programs know them: for what happened before the story begins. */
export class Person {
  readonly email: string;
  readonly fullName: string;
  password = PASSWORD;
  telephone: Telephone | undefined;
  recoveryCodes: string[] = [];
  #answer: SessionAnswer;
  /** The first browser takes over the session that is there; each further one signs in anew. */
  #spare: string | undefined;

  constructor(email: string, fullName: string, answer: SessionAnswer) {
    this.email = email;
    this.fullName = fullName;
    this.#answer = answer;
    this.#spare = answer.refreshToken ?? undefined;
  }

  get id(): string {
    return this.#answer.user.id;
  }

  get organization(): SessionOrganization {
    if (!this.#answer.organization) throw new Error(`${this.email} is in no organization`);
    return this.#answer.organization;
  }

  /** The address of a page of the organization. */
  at(path = ''): string {
    return `/o/${this.organization.slug}${path}`;
  }

  #adopt(answer: SessionAnswer): void {
    this.#answer = answer;
    this.#spare = answer.refreshToken ?? this.#spare;
  }

  async send<T>(method: string, path: string, body?: object, version?: number): Promise<T> {
    const token = this.#answer.accessToken;
    return await call(method, path, {
      token,
      ...(body && { body }),
      ...(version !== undefined && { version }),
    });
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  /** A refresh token of a session that no other browser has. */
  async session(): Promise<string> {
    if (!this.#spare) await this.signIn();
    const token = this.#spare ?? '';
    this.#spare = undefined;
    return token;
  }

  /** Signs in anew; with a recovery code where there are some, because these need no waiting. */
  async signIn(): Promise<void> {
    const body = { email: this.email, password: this.password };
    const answer = await call<Ok<'auth_login'>>('POST', '/auth/login', { body });
    if (!('mfaRequired' in answer)) return this.#adopt(answer);
    const recoveryCode = this.recoveryCodes.pop();
    const proof = recoveryCode ? { recoveryCode } : { code: (await this.telephone?.code()) ?? '' };
    const challenge = { challengeToken: answer.challengeToken, ...proof };
    this.#adopt(await call('POST', '/auth/mfa/challenge', { body: challenge }));
  }

  /** Sets up codes. */
  async enrol(): Promise<void> {
    const { secret } = await this.send<Ok<'auth_mfa_enroll'>>('POST', '/auth/mfa/totp');
    this.telephone = new Telephone(secret);
    const body = { code: await this.telephone.code() };
    const enabled = await this.send<Ok<'auth_mfa_confirm'>>('POST', '/auth/mfa/totp/confirm', body);
    this.recoveryCodes = [...enabled.recoveryCodes];
    this.#adopt(enabled.session);
  }

  role(name: string): Promise<string> {
    return this.get<Ok<'roles_list'>>('/roles?limit=100').then(({ data }) => {
      const role = data.find((candidate) => candidate.name === name);
      if (!role) throw new Error(`no role ${name}`);
      return role.id;
    });
  }

  newRole(name: string, scopes: Scope[]): Promise<Ok<'roles_create'>> {
    return this.send('POST', '/roles', { name, scopes } satisfies Body<'roles_create'>);
  }

  /** A mail with an invitation; who gets it has a story of its own. */
  async invite(email: string, role = 'Member'): Promise<void> {
    const invitations = [{ email, roleId: await this.role(role) }];
    await this.send('POST', '/invitations', { invitations } satisfies Body<'invitations_create'>);
  }

  /** A colleague with an account, by an invitation. */
  async colleague(fullName: string, role = 'Member'): Promise<Person> {
    const email = address(fullName);
    await this.invite(email, role);
    const token = await mailedToken(email, 'accept-invitation');
    const body = { token, fullName, password: PASSWORD };
    return new Person(email, fullName, await call('POST', '/invitations/accept', { body }));
  }

  /** Another organization of the same person. The session of programs stays where it was. */
  found(name: string): Promise<Ok<'organizations_create'>> {
    return this.send('POST', '/organizations', { name });
  }

  ticket(title: string, more: Partial<Body<'tickets_create'>> = {}): Promise<Ok<'tickets_create'>> {
    return this.send('POST', '/tickets', { title, ...more });
  }
}

export function address(fullName: string): string {
  return `${unique(`${fullName.split(' ')[0]?.toLowerCase()}.`)}@example.com`;
}

/** Somebody who just founded an organization. Owners need a second factor: without one they can do nothing yet. */
export async function newcomer(fullName = 'Asha Rai', organizationName = unique('Himal ')): Promise<Person> {
  const email = address(fullName);
  const form = { email, password: PASSWORD, fullName, organizationName, locale: 'en' };
  await call('POST', '/auth/register', { body: form });
  const token = await mailedToken(email, 'verify-email');
  return new Person(email, fullName, await call('POST', '/auth/verify-email', { body: { token } }));
}

export async function owner(fullName?: string, organizationName?: string): Promise<Person> {
  const person = await newcomer(fullName, organizationName);
  await person.enrol();
  return person;
}
