import type { Body, Ok } from '@/api/types';
import { http, type Write } from './http';

export const mfa = {
  enroll: (write?: Write) =>
    http.post<Ok<'auth_mfa_enroll'>>('/auth/mfa/totp', undefined, write).then((r) => r.data),

  confirm: (body: Body<'auth_mfa_confirm'>, write?: Write) =>
    http.post<Ok<'auth_mfa_confirm'>>('/auth/mfa/totp/confirm', body, write).then((r) => r.data),

  disable: () => http.delete<void>('/auth/mfa/totp').then(() => undefined),

  regenerateRecoveryCodes: (write?: Write) =>
    http
      .post<Ok<'auth_recovery_codes_regenerate'>>('/auth/mfa/recovery-codes', undefined, write)
      .then((r) => r.data),
};
