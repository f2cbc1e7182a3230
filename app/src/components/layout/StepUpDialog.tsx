import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { OtpInput } from '@/components/ui/otp-input';
import { PasswordField } from '@/components/ui/password-field';
import { useT } from '@/i18n/i18n';
import { isCode, ProblemError } from '@/lib/problem';
import { inputText, problemText } from '@/lib/problem-text';
import { useStepUp } from '@/queries/auth';
import { useSession } from '@/stores/session';

/** Asks again who is there, before an act that matters. The request that needed it then goes on by itself. */
export function StepUpDialog({ onAnswer }: { onAnswer: (proven: boolean) => void }) {
  const t = useT();
  const stepUp = useStepUp();
  const hasCode = useSession((session) => session.secondFactor);
  const [proof, setProof] = useState<'code' | 'password'>(hasCode ? 'code' : 'password');
  const [text, setText] = useState('');
  const send = (value: string) => {
    const failed = (error: unknown) => {
      setText('');
      // The account is of the other kind than the token told.
      const other = proof === 'code' ? isCode(error, 'totp_not_enrolled') : wantsCode(error);
      if (other) setProof(proof === 'code' ? 'password' : 'code');
    };
    const body = proof === 'code' ? { code: value } : { password: value };
    stepUp.mutate(body, { onSuccess: () => onAnswer(true), onError: failed });
  };
  const fault = stepUp.error && faultText(t, stepUp.error);
  return (
    <Dialog
      open
      size="sm"
      sticky
      title={t('auth.stepUpTitle')}
      description={t(proof === 'code' ? 'auth.stepUpCode' : 'auth.stepUpPassword')}
      onOpenChange={() => onAnswer(false)}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (text) send(text);
        }}
      >
        <Field label={t(proof === 'code' ? 'auth.code' : 'auth.password')} error={fault}>
          {proof === 'code' ? (
            <OtpInput
              autoFocus
              value={text}
              onValueChange={setText}
              onComplete={send}
              disabled={stepUp.isPending}
            />
          ) : (
            <PasswordField
              autoFocus
              autoComplete="current-password"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onAnswer(false)}>{t('auth.cancel')}</Button>
          <Button type="submit" variant="primary" busy={stepUp.isPending}>
            {t('auth.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wantsCode(error: unknown): boolean {
  return error instanceof ProblemError && error.errors.some(({ code }) => code === 'code_required');
}

function faultText(t: ReturnType<typeof useT>, error: Error): string {
  const [first] = error instanceof ProblemError ? error.errors : [];
  return first ? inputText(t, first) : problemText(t, error);
}
