import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/components/patterns/ErrorState';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { OtpInput } from '@/components/ui/otp-input';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { enrolmentOptions, useConfirmTotp } from '@/queries/mfa';

/** The picture to scan, the secret to type instead, and the first code. The server draws: the secret goes nowhere else. */
export function TotpSetup({ onConfirmed }: { onConfirmed: (recoveryCodes: string[]) => void }) {
  const t = useT();
  const enrolment = useQuery(enrolmentOptions());
  if (enrolment.error) {
    return (
      <ErrorState description={problemText(t, enrolment.error)} onRetry={() => void enrolment.refetch()} />
    );
  }
  if (!enrolment.data) {
    return (
      <Loading>
        <Skeleton className="size-48" />
      </Loading>
    );
  }
  const { qrSvg, secret, otpauthUri } = enrolment.data;
  return (
    <ol className="flex flex-col gap-6">
      <li className="flex flex-col gap-3">
        <h2 className="font-medium text-body">1. {t('auth.scan')}</h2>
        {/* White in both themes: many apps do not read light on dark. */}
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}`}
          alt={t('auth.qrAlt')}
          width={192}
          height={192}
          className="size-48 rounded-control border border-line bg-on-fill p-2"
        />
        <p className="text-dense text-muted">
          {t('auth.secretText')}{' '}
          <a href={otpauthUri} className="font-medium text-accent-text hover:underline">
            {t('auth.openApp')}
          </a>
        </p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 break-all rounded-chip bg-sunken px-2 py-1 font-mono text-dense">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </code>
          <CopyButton text={secret} label={t('auth.copySecret')} />
        </p>
      </li>
      <li>
        <h2 className="mb-3 font-medium text-body">2. {t('auth.enterCode')}</h2>
        <FirstCode onConfirmed={onConfirmed} />
      </li>
    </ol>
  );
}

function FirstCode({ onConfirmed }: { onConfirmed: (recoveryCodes: string[]) => void }) {
  const t = useT();
  const confirm = useConfirmTotp();
  const [code, setCode] = useState('');
  const send = (value: string) =>
    confirm.mutate(
      { code: value },
      { onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes), onError: () => setCode('') },
    );
  const wrong = isCode(confirm.error, 'code_invalid');
  const fault = confirm.error && (wrong ? t('auth.wrongCode') : problemText(t, confirm.error));
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) send(code);
      }}
    >
      <Field label={t('auth.code')} error={fault}>
        <OtpInput value={code} onValueChange={setCode} onComplete={send} readOnly={confirm.isPending} />
      </Field>
      <Button type="submit" variant="primary" size="lg" block busy={confirm.isPending}>
        {t('auth.confirm')}
      </Button>
    </form>
  );
}
