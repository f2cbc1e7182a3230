import { useQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MyOrganization, NotificationPreference, Session } from '@/api/schema';
import type { Body, Ok } from '@/api/types';
import { Toaster } from '@/components/ui/toast';
import { clearToasts } from '@/components/ui/toast-store';
import { tokens } from '@/lib/token';
import { preferencesOptions } from '@/queries/notifications';
import { useOrgId } from '@/queries/org';
import { useSession } from '@/stores/session';
import { aSession, ORG } from '@/test/factories';
import { show } from '@/test/render';
import { api, HttpResponse, http, problem, server } from '@/test/server';
import { OrganizationRows } from './OrganizationRows';
import { PasswordSection } from './PasswordSection';
import { PreferenceMatrix } from './PreferenceMatrix';
import { SessionsSection } from './SessionsSection';
import { TwoFactorSection } from './TwoFactorSection';

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => void tokens.accept(aSession()));
afterEach(() => {
  server.resetHandlers();
  clearToasts();
});
afterAll(() => server.close());

const withToasts = (part: ReactNode) =>
  show(
    <>
      {part}
      <Toaster />
    </>,
  );

function Preferences() {
  const { data } = useQuery(preferencesOptions(useOrgId()));
  return data && <PreferenceMatrix preferences={data.preferences} />;
}

/** A token that says how somebody signed in; its signature is nobody's business here. */
const tokenOf = (amr: string[]) => `x.${btoa(JSON.stringify({ amr }))}.x`;
const codes = ['aaaa-bbbb', 'cccc-dddd'];

describe('TwoFactorSection', () => {
  const enrolment: Ok<'auth_mfa_enroll'> = {
    secret: 'JBSWY3DPEHPK3PXP',
    otpauthUri: 'otpauth://totp/Mero%20Jugx:anjali?secret=JBSWY3DPEHPK3PXP',
    qrSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  const confirmed: Ok<'auth_mfa_confirm'> = {
    recoveryCodes: codes,
    session: aSession({ accessToken: tokenOf(['pwd', 'otp']) }),
  };

  it('goes from the picture over the first code to the recovery codes, and is then on', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/auth/mfa/totp'), () => HttpResponse.json(enrolment)),
      http.post(api('/auth/mfa/totp/confirm'), async ({ request }) => {
        const body = await request.json();
        sent(body);
        if (sent.mock.calls.length === 1) return problem(422, 'code_invalid');
        return HttpResponse.json(confirmed);
      }),
    );
    const { user } = withToasts(<TwoFactorSection />);
    await user.click(screen.getByRole('button', { name: 'Set up' }));
    expect(await screen.findByRole('img', { name: /QR code/ })).toHaveAttribute(
      'src',
      expect.stringMatching(/^data:image\/svg\+xml/),
    );
    expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeInTheDocument();
    await user.type(screen.getByLabelText('Six-digit code'), '111111');
    expect(await screen.findByText(/The code does not match/)).toBeInTheDocument();
    await user.type(screen.getByLabelText('Six-digit code'), '222222');
    expect(await screen.findByText('aaaa-bbbb')).toBeInTheDocument();
    expect(sent).toHaveBeenLastCalledWith({ code: '222222' });
    // Shown this once: going on takes the word of the person.
    expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: /I have kept them/ }));
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.queryByText('aaaa-bbbb')).not.toBeInTheDocument();
    expect(screen.getByText('On')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Set up' })).not.toBeInTheDocument();
  });

  it('makes new recovery codes only when asked twice', async () => {
    tokens.accept(aSession({ accessToken: tokenOf(['pwd', 'otp']) }));
    const answer: Ok<'auth_recovery_codes_regenerate'> = { recoveryCodes: codes };
    const asked = vi.fn();
    server.use(
      http.post(api('/auth/mfa/recovery-codes'), () => {
        asked();
        return HttpResponse.json(answer);
      }),
    );
    const { user } = withToasts(<TwoFactorSection />);
    await user.click(screen.getByRole('button', { name: 'New recovery codes' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('The present ones stop working at once.');
    expect(asked).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'New recovery codes' }));
    expect(await screen.findByText('cccc-dddd')).toBeInTheDocument();
    expect(asked).toHaveBeenCalledOnce();
  });

  it('says why it cannot be turned off', async () => {
    tokens.accept(aSession({ accessToken: tokenOf(['pwd', 'otp']) }));
    server.use(http.delete(api('/auth/mfa/totp'), () => problem(409, 'password_too_short')));
    const { user } = withToasts(<TwoFactorSection />);
    await user.click(screen.getByRole('button', { name: 'Turn off' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Turn off' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Choose a password of at least 12 characters first.',
    );
    expect(screen.getByText('On')).toBeInTheDocument();
  });
});

describe('PasswordSection', () => {
  const open = async () => {
    const { user } = withToasts(<PasswordSection />);
    await user.click(screen.getByRole('button', { name: 'Change password' }));
    await user.type(screen.getByLabelText('Current password'), 'chiya');
    return user;
  };

  it('tells how strong a password is, and asks the server only about a long one', async () => {
    const user = await open();
    await user.type(screen.getByLabelText('New password'), 'aaaaaaa');
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Easy to guess');
    await user.click(screen.getByRole('button', { name: 'Change password' }));
    expect(await screen.findByText('The password needs at least 12 characters.')).toBeInTheDocument();
    await user.clear(screen.getByLabelText('New password'));
    await user.type(screen.getByLabelText('New password'), 'momo-with-achar-27');
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Strong');
  });

  it('shows a wrong current password at its field', async () => {
    server.use(http.post(api('/auth/password'), () => problem(422, 'password_incorrect')));
    const user = await open();
    await user.type(screen.getByLabelText('New password'), 'momo-with-achar-27{Enter}');
    expect(await screen.findByText('This is not your password.')).toBeInTheDocument();
    expect(screen.getByLabelText('Current password')).toHaveFocus();
  });

  it('changes it and closes', async () => {
    const sent = vi.fn();
    server.use(
      http.post(api('/auth/password'), async ({ request }) => {
        sent(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const user = await open();
    await user.type(screen.getByLabelText('New password'), 'momo-with-achar-27{Enter}');
    await waitFor(() => expect(screen.queryByLabelText('New password')).not.toBeInTheDocument());
    const body: Body<'auth_change_password'> = {
      currentPassword: 'chiya',
      newPassword: 'momo-with-achar-27',
    };
    expect(sent).toHaveBeenCalledWith(body);
  });
});

describe('SessionsSection', () => {
  const session = (id: string, more: Partial<Session> = {}): Session => ({
    id,
    current: false,
    device: 'Firefox on Windows',
    browser: 'Firefox',
    system: 'Windows',
    ip: '27.34.0.1',
    userAgent: null,
    organizationId: ORG,
    createdAt: '2026-11-01T00:00:00.000Z',
    lastSeenAt: '2026-11-02T00:00:00.000Z',
    expiresAt: '2026-12-01T00:00:00.000Z',
    ...more,
  });
  const serve = (...list: Session[]) => {
    let left = list;
    const calls: string[] = [];
    server.use(
      http.get(api('/auth/sessions'), () => HttpResponse.json({ data: left, nextCursor: null })),
      http.delete(api('/auth/sessions/:id'), ({ params }) => {
        calls.push(String(params.id));
        left = left.filter(({ id }) => id !== params.id);
        return new HttpResponse(null, { status: 204 });
      }),
      http.post(api('/auth/sessions/revoke-others'), () => {
        calls.push('others');
        left = left.filter(({ current }) => current);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    return calls;
  };

  it('puts this device first, without a way to end it, and names what it does not know', async () => {
    serve(
      session('a', { device: 'unknown on unknown', browser: 'unknown', system: 'unknown', ip: null }),
      session('b', { current: true, device: 'Chrome on Linux' }),
    );
    withToasts(<SessionsSection />);
    const rows = await screen.findAllByRole('listitem');
    expect(rows[0]).toHaveTextContent('Chrome on LinuxThis device');
    expect(within(rows[0] as HTMLElement).queryByRole('button')).not.toBeInTheDocument();
    expect(rows[1]).toHaveTextContent('Unknown device');
    expect(rows[1]).toHaveTextContent('Unknown address');
  });

  it('ends one', async () => {
    const calls = serve(
      session('here', { current: true }),
      session('b'),
      session('c', { device: 'Safari on iOS' }),
    );
    const { user } = withToasts(<SessionsSection />);
    await user.click(await screen.findByRole('button', { name: 'End the session: Safari on iOS' }));
    expect(await screen.findByText('Signed out: Safari on iOS')).toBeInTheDocument();
    await waitFor(() => expect(screen.getAllByRole('button', { name: /End the session/ })).toHaveLength(1));
    expect(calls).toEqual(['c']);
  });

  it('ends all others after a question', async () => {
    const calls = serve(session('here', { current: true }), session('b'), session('c'));
    const { user } = withToasts(<SessionsSection />);
    await user.click(await screen.findByRole('button', { name: 'End all others' }));
    expect(calls).toEqual([]);
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'End all others' }),
    );
    await waitFor(() => expect(screen.queryByRole('button', { name: /^End/ })).not.toBeInTheDocument());
    expect(calls).toEqual(['others']);
  });
});

describe('PreferenceMatrix', () => {
  const preference = (
    category: NotificationPreference['category'],
    channel: NotificationPreference['channel'],
    mutable = true,
  ): NotificationPreference => ({
    category,
    channel,
    mutable,
    enabled: true,
    inherited: true,
    choice: null,
  });
  const all = [
    preference('comments', 'in_app'),
    preference('comments', 'email'),
    preference('security', 'in_app', false),
    preference('security', 'email', false),
  ];

  it('has no switch for what must reach people, and says why', () => {
    withToasts(<PreferenceMatrix preferences={all} />);
    expect(screen.getAllByRole('switch')).toHaveLength(2);
    const locked = screen.getByRole('button', { name: /Security: By mail\. Always on/ });
    expect(locked).toHaveAttribute('aria-disabled', 'true');
    expect(locked).toHaveAccessibleName(/your account is in danger/);
  });

  it('switches at once and tells the server of that one only', async () => {
    const sent = vi.fn();
    let answer: Ok<'notification_preferences_get'> = { preferences: all };
    server.use(
      http.get(api('/notifications/preferences'), () => HttpResponse.json(answer)),
      http.patch(api('/notifications/preferences'), async ({ request }) => {
        sent(await request.json());
        const off = (one: NotificationPreference) => one.category === 'comments' && one.channel === 'email';
        answer = { preferences: all.map((one) => (off(one) ? { ...one, enabled: false } : one)) };
        return HttpResponse.json(answer);
      }),
    );
    const { user } = withToasts(<Preferences />);
    await user.click(await screen.findByRole('switch', { name: 'Comments: By mail' }));
    expect(screen.getByRole('switch', { name: 'Comments: By mail' })).not.toBeChecked();
    expect(screen.getByRole('switch', { name: 'Comments: In the app' })).toBeChecked();
    const body: Body<'notification_preferences_update'> = {
      choices: [{ category: 'comments', channel: 'email', enabled: false }],
    };
    await waitFor(() => expect(sent).toHaveBeenCalledWith(body));
    expect(screen.getByRole('switch', { name: 'Comments: By mail' })).not.toBeChecked();
  });

  it('goes back when the server refuses', async () => {
    server.use(http.patch(api('/notifications/preferences'), () => problem(403, 'scope_missing')));
    const { user } = withToasts(<PreferenceMatrix preferences={all} />);
    await user.click(screen.getByRole('switch', { name: 'Comments: By mail' }));
    expect(await screen.findByText('Your role lacks the permission for this.')).toBeInTheDocument();
    expect(screen.getByRole('switch', { name: 'Comments: By mail' })).toBeChecked();
  });
});

describe('OrganizationRows', () => {
  const mine: MyOrganization[] = [
    { id: ORG, slug: 'himal', name: 'Himal Traders', role: 'Owner', roleId: 'r1', deleteAfter: null },
    { id: 'other', slug: 'newroad', name: 'New Road Store', role: 'Guest', roleId: 'r2', deleteAfter: null },
  ];
  beforeEach(() => useSession.setState({ organization: aSession().organization ?? undefined }));

  it('leads to the others, and leaves only the one of this tab', () => {
    withToasts(<OrganizationRows organizations={mine} onLeft={vi.fn()} />);
    expect(screen.getByRole('link', { name: 'Switch to New Road Store' })).toHaveAttribute(
      'href',
      '/o/newroad',
    );
    expect(screen.getAllByRole('button', { name: 'Leave' })).toHaveLength(1);
  });

  it('does not let the last owner go, and says so', async () => {
    server.use(http.post(api('/members/leave'), () => problem(409, 'last_owner')));
    const onLeft = vi.fn();
    const { user } = withToasts(<OrganizationRows organizations={mine} onLeft={onLeft} />);
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    const dialog = await screen.findByRole('dialog', { name: 'Leave Himal Traders?' });
    await user.click(within(dialog).getByRole('button', { name: 'Leave' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('needs at least one owner');
    expect(onLeft).not.toHaveBeenCalled();
  });

  it('starts over once it is left', async () => {
    server.use(http.post(api('/members/leave'), () => new HttpResponse(null, { status: 204 })));
    const onLeft = vi.fn();
    const { user } = withToasts(<OrganizationRows organizations={mine} onLeft={onLeft} />);
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(onLeft).toHaveBeenCalledOnce());
  });
});
