import { queryOptions, useMutation } from '@tanstack/react-query';
import { tokens } from '@/lib/token';
import { mfa } from '@/services/mfa';
import { keys } from './keys';
import { useWrite, type WriteDefinition } from './write';

/** A new secret. Asked for once per visit: each answer takes the place of the one before. */
export const enrolmentOptions = () =>
  queryOptions({
    queryKey: keys.me.enrolment,
    queryFn: () => mfa.enroll(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    throwOnError: false,
  });

/** The first code. The answer carries the recovery codes, this once, and a session that knows the second factor. */
export const useConfirmTotp = () =>
  useMutation({
    mutationFn: (body: Parameters<typeof mfa.confirm>[0]) => mfa.confirm(body),
    onSuccess: ({ session }) => tokens.accept(session),
  });

const disable: WriteDefinition<void, void> = {
  family: 'mfa',
  // The token at hand still says that there is a second factor; its successor does not.
  run: async () => {
    await mfa.disable();
    // If it cannot be had now, the next request gets it; the factor is gone all the same.
    await tokens.refresh(await tokens.bearer()).catch(() => undefined);
  },
  stale: () => [keys.me.all],
};
export const useDisableTotp = () => useWrite(disable);

export const useRegenerateRecoveryCodes = () =>
  useMutation({ mutationFn: () => mfa.regenerateRecoveryCodes() });
