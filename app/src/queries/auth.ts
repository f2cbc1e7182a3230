import { useMutation } from '@tanstack/react-query';
import type { MfaChallenge, SessionAnswer } from '@/api/schema';
import { tokens } from '@/lib/token';
import { auth } from '@/services/auth';
import { queryClient } from './client';
import { keys } from './keys';

/** The flows before and around a session. Their errors are the form's to show, so nothing here retries. */

const enter = (answer: SessionAnswer) => tokens.accept(answer);

export function isChallenge(answer: SessionAnswer | MfaChallenge): answer is MfaChallenge {
  return 'mfaRequired' in answer;
}

/** The password; then either a session or the question for the second factor. */
export const useLogin = () =>
  useMutation({
    mutationFn: auth.login,
    onSuccess: (answer) => {
      if (!isChallenge(answer)) enter(answer);
    },
  });

export const useChallenge = () => useMutation({ mutationFn: auth.challenge, onSuccess: enter });

export const useRegister = () =>
  useMutation({ mutationFn: (body: Parameters<typeof auth.register>[0]) => auth.register(body) });

export const useVerifyEmail = () => useMutation({ mutationFn: auth.verifyEmail, onSuccess: enter });

export const useResendVerification = () => useMutation({ mutationFn: auth.resendVerification });

export const useForgotPassword = () => useMutation({ mutationFn: auth.forgotPassword });

export const useResetPassword = () => useMutation({ mutationFn: auth.resetPassword });

export const useConfirmEmail = () => useMutation({ mutationFn: auth.confirmEmail });

/** Proves again who is there; the session is then fresh for ten minutes. */
export const useStepUp = () => useMutation({ mutationFn: auth.stepUp, onSuccess: enter });

/** Ends the other sessions. */
export const useChangePassword = () =>
  useMutation({
    mutationFn: (body: Parameters<typeof auth.changePassword>[0]) => auth.changePassword(body),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: keys.me.sessions }),
  });

export const useChangeEmail = () =>
  useMutation({ mutationFn: (body: Parameters<typeof auth.changeEmail>[0]) => auth.changeEmail(body) });

/** Ends the session here and in every tab. Also when the server cannot be asked: then the cookie ends by itself. */
export const useLogout = () =>
  useMutation({
    mutationFn: (scope: 'here' | 'everywhere') => (scope === 'everywhere' ? auth.logoutAll() : auth.logout()),
    onSettled: () => {
      tokens.signedOut();
      queryClient.clear();
    },
  });
