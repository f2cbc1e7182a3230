import { screen, waitFor } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tokens } from '@/lib/token';
import { aSession } from '@/test/factories';
import { show } from '@/test/render';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { AcceptAsNew } from './AcceptForms';
import { ChallengeForm } from './ChallengeForm';
import { LoginForm } from './LoginForm';
import { RecoveryCodes } from './RecoveryCodes';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const challenge = { mfaRequired: true, challengeToken: 'c1', expiresIn: 300 };

describe('LoginForm', () => {
  const signIn = async (onChallenge = vi.fn(), onSignedIn = vi.fn()) => {
    const { user } = show(<LoginForm onChallenge={onChallenge} onSignedIn={onSignedIn} />);
    await user.type(screen.getByLabelText('E-mail'), ' anjali@himaltraders.example ');
    await user.type(screen.getByLabelText('Password'), 'chiya');
    await user.keyboard('{Enter}');
    return { onChallenge, onSignedIn, user };
  };

  it('names the empty field and moves the focus there, without asking the server', async () => {
    const { user } = show(<LoginForm onChallenge={vi.fn()} onSignedIn={vi.fn()} />);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(screen.getByText('Enter your e-mail address.')).toBeInTheDocument();
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
  });

  it('enters with a session, and the address without the blanks around it', async () => {
    server.use(
      http.post(api('/auth/login'), async ({ request }) => {
        expect(await request.json()).toEqual({ email: 'anjali@himaltraders.example', password: 'chiya' });
        expect(request.headers.get('Authorization')).toBeNull();
        return HttpResponse.json(aSession());
      }),
    );
    const { onSignedIn } = await signIn();
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
    expect(tokens.organization?.slug).toBe('himal');
  });

  it('goes on to the second factor', async () => {
    server.use(http.post(api('/auth/login'), () => HttpResponse.json(challenge)));
    const { onChallenge, onSignedIn } = await signIn();
    await waitFor(() => expect(onChallenge).toHaveBeenCalledWith(challenge));
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it.each([
    ['a wrong password', 401, 'unauthenticated', {}, 'E-mail and password do not match.'],
    [
      'a lock-out',
      429,
      'rate_limited',
      { 'Retry-After': '600' },
      'Too many attempts. Try again in 10 minutes.',
    ],
    ['a busy server', 503, 'unavailable', {}, 'The server is busy. Try again in a moment.'],
  ] as const)('says what %s means', async (_, status, code, headers, text) => {
    server.use(http.post(api('/auth/login'), () => problem(status, code, {}, headers)));
    await signIn();
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('offers the mail again when the address is not confirmed', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/auth/login'), () => problem(403, 'email_unverified')),
      http.post(api('/auth/resend-verification'), async ({ request }) => {
        sent(await request.json());
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = await signIn();
    await user.click(await screen.findByRole('button', { name: 'Send the mail again' }));
    await waitFor(() => expect(sent).toHaveBeenCalledWith({ email: 'anjali@himaltraders.example' }));
  });
});

describe('ChallengeForm', () => {
  it('sends itself at the sixth digit, also when it was pasted', async () => {
    const onSignedIn = vi.fn();
    server.use(
      http.post(api('/auth/mfa/challenge'), async ({ request }) => {
        expect(await request.json()).toEqual({ challengeToken: 'c1', code: '123456' });
        return HttpResponse.json(aSession());
      }),
    );
    const { user } = show(<ChallengeForm challenge={challenge} onSignedIn={onSignedIn} onBack={vi.fn()} />);
    await user.click(screen.getByLabelText('Six-digit code'));
    await user.paste('123 456');
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  });

  it('takes a recovery code, and says when it is wrong', async () => {
    server.use(
      http.post(api('/auth/mfa/challenge'), async ({ request }) => {
        expect(await request.json()).toEqual({ challengeToken: 'c1', recoveryCode: 'abcd-efgh' });
        return problem(401, 'unauthenticated');
      }),
    );
    const { user } = show(<ChallengeForm challenge={challenge} onSignedIn={vi.fn()} onBack={vi.fn()} />);
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    await user.type(screen.getByLabelText('Recovery code'), 'abcd-efgh{Enter}');
    expect(await screen.findByText('The code does not match, or was used already.')).toBeInTheDocument();
    expect(screen.getByLabelText('Recovery code')).toHaveValue('');
  });
});

describe('AcceptAsNew', () => {
  it('shows the server’s judgement at the field', async () => {
    server.use(
      http.post(api('/invitations/accept'), () =>
        problem(422, 'invalid_input', {
          errors: [{ pointer: '#/password', code: 'too_common', detail: 'is common' }],
        }),
      ),
    );
    const { user } = show(<AcceptAsNew token="t" onAccepted={vi.fn()} />);
    await user.type(screen.getByLabelText('Full name'), 'Sita Rai');
    await user.type(screen.getByLabelText('New password'), 'passwordpassword{Enter}');
    expect(await screen.findByText(/Many people use this password/)).toBeInTheDocument();
    expect(screen.getByLabelText('New password')).toHaveFocus();
  });

  it('sends somebody with an account to the sign-in', async () => {
    server.use(http.post(api('/invitations/accept'), () => problem(409, 'sign_in_to_accept')));
    const { user } = show(<AcceptAsNew token="t" onAccepted={vi.fn()} />);
    await user.type(screen.getByLabelText('Full name'), 'Sita Rai');
    await user.type(screen.getByLabelText('New password'), 'momo-with-achar{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('You already have an account');
  });
});

it('goes on from the recovery codes only when they were kept', async () => {
  const onKept = vi.fn();
  const { user } = show(<RecoveryCodes codes={['aaaa-bbbb']} onKept={onKept} />);
  expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await user.click(screen.getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(onKept).toHaveBeenCalledOnce();
});
