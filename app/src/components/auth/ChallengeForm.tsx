import { useState } from 'react';
import type { MfaChallenge } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { OtpInput } from '@/components/ui/otp-input';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { useChallenge } from '@/queries/auth';
import { AuthHeading, FormSummary } from './FormParts';

export interface ChallengeFormProps {
  challenge: MfaChallenge;
  onSignedIn: () => void;
  onBack: () => void;
}

/** The second factor: six digits that send themselves, or one of the recovery codes. */
export function ChallengeForm({ challenge, onSignedIn, onBack }: ChallengeFormProps) {
  const t = useT();
  const answer = useChallenge();
  const [way, setWay] = useState<'code' | 'recoveryCode'>('code');
  const [text, setText] = useState('');
  const send = (value: string) => {
    const proof = way === 'code' ? { code: value } : { recoveryCode: value.trim() };
    const body = { challengeToken: challenge.challengeToken, ...proof };
    answer.mutate(body, { onSuccess: onSignedIn, onError: () => setText('') });
  };
  const change = () => {
    setWay(way === 'code' ? 'recoveryCode' : 'code');
    setText('');
    answer.reset();
  };
  // A wrong code and a challenge that is over are one answer, on purpose: it tells nothing to who guesses.
  const wrong = isCode(answer.error, 'unauthenticated');
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') send(text);
      }}
    >
      <AuthHeading title={t('auth.codeTitle')}>
        {t(way === 'code' ? 'auth.codeText' : 'auth.recoveryText')}
      </AuthHeading>
      <FormSummary message={answer.error && !wrong ? problemText(t, answer.error) : undefined} />
      <Field
        label={t(way === 'code' ? 'auth.code' : 'auth.recoveryCode')}
        error={wrong ? t(way === 'code' ? 'auth.wrongCode' : 'auth.wrongRecoveryCode') : undefined}
      >
        {way === 'code' ? (
          <OtpInput
            autoFocus
            value={text}
            onValueChange={setText}
            onComplete={send}
            readOnly={answer.isPending}
          />
        ) : (
          <Input
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            className="font-mono"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" block busy={answer.isPending}>
        {t('auth.continue')}
      </Button>
      <div className="flex justify-between">
        <Button variant="ghost" size="sm" onClick={onBack}>
          {t('auth.back')}
        </Button>
        <Button variant="ghost" size="sm" onClick={change}>
          {t(way === 'code' ? 'auth.useRecovery' : 'auth.useCode')}
        </Button>
      </div>
    </form>
  );
}
