import { useMutation } from '@tanstack/react-query';
import { tokens } from '@/lib/token';
import { mfa } from '@/services/mfa';
import { keys } from './keys';
import { useWrite, type WriteDefinition } from './write';

export const useEnrollTotp = () => useMutation({ mutationFn: () => mfa.enroll() });

/** The first code. The answer carries a new session, which knows the second factor, and the recovery codes. */
export const useConfirmTotp = () =>
  useMutation({
    mutationFn: (body: Parameters<typeof mfa.confirm>[0]) => mfa.confirm(body),
  });

/** Taken only when the recovery codes were kept: the session of the answer ends the forced set-up. */
export const acceptSession = tokens.accept.bind(tokens);

const disable: WriteDefinition<void, void> = {
  family: 'mfa',
  run: () => mfa.disable(),
  stale: () => [keys.me.all],
};
export const useDisableTotp = () => useWrite(disable);

export const useRegenerateRecoveryCodes = () =>
  useMutation({ mutationFn: () => mfa.regenerateRecoveryCodes() });
