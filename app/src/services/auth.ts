import type { Body, Ok } from '@/api/types';
import { http, type Write } from './http';

const open = { public: true } as const;

export const auth = {
  register: (body: Body<'auth_register'>, write?: Write) =>
    http.post<void>('/auth/register', body, { ...open, ...write }).then(() => undefined),

  verifyEmail: (body: Body<'auth_verify_email'>) =>
    http.post<Ok<'auth_verify_email'>>('/auth/verify-email', body, open).then((r) => r.data),

  resendVerification: (body: Body<'auth_resend_verification'>) =>
    http.post<void>('/auth/resend-verification', body, open).then(() => undefined),

  login: (body: Body<'auth_login'>) =>
    http.post<Ok<'auth_login'>>('/auth/login', body, open).then((r) => r.data),

  challenge: (body: Body<'auth_mfa_challenge'>) =>
    http.post<Ok<'auth_mfa_challenge'>>('/auth/mfa/challenge', body, open).then((r) => r.data),

  /** By the cookie: it ends the session also when the access token is over. */
  logout: () => http.post<void>('/auth/logout', {}, open).then(() => undefined),

  logoutAll: () => http.post<void>('/auth/logout-all', {}, open).then(() => undefined),

  forgotPassword: (body: Body<'auth_forgot_password'>) =>
    http.post<void>('/auth/forgot-password', body, open).then(() => undefined),

  resetPassword: (body: Body<'auth_reset_password'>) =>
    http.post<void>('/auth/reset-password', body, open).then(() => undefined),

  changePassword: (body: Body<'auth_change_password'>, write?: Write) =>
    http.post<void>('/auth/password', body, write).then(() => undefined),

  changeEmail: (body: Body<'auth_change_email'>, write?: Write) =>
    http.post<void>('/auth/email', body, write).then(() => undefined),

  confirmEmail: (body: Body<'auth_confirm_email'>) =>
    http.post<void>('/auth/email/confirm', body, open).then(() => undefined),

  stepUp: (body: Body<'auth_step_up'>) =>
    http.post<Ok<'auth_step_up'>>('/auth/step-up', body).then((r) => r.data),
};
