import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Section } from '@/components/account/Section';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useChangeEmail } from '@/queries/auth';

/** The address changes only when its link was opened: until then the old one counts. */
export function EmailSection({ email }: { email: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  return (
    <Section
      title={t('auth.email')}
      description={email}
      action={!open && <Button onClick={() => setOpen(true)}>{t('profile.changeEmail')}</Button>}
    >
      {sentTo && !open && (
        <Callout alert tone="success" title={t('profile.emailSentTitle')}>
          {t('profile.emailSent', { email: sentTo })}
        </Callout>
      )}
      {open && <EmailForm onSent={setSentTo} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function EmailForm({ onSent, onClose }: { onSent: (email: string) => void; onClose: () => void }) {
  const t = useT();
  const change = useChangeEmail();
  const form = useForm({ defaultValues: { email: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ email }) =>
    change.mutateAsync({ email: email.trim() }).then(
      () => {
        onSent(email.trim());
        onClose();
      },
      (error) => applyProblem(form, error, t),
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="flex max-w-100 flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <Field label={t('profile.newEmail')} hint={t('profile.newEmailHint')} error={errors.email?.message}>
        <Input
          autoFocus
          type="email"
          inputMode="email"
          autoComplete="email"
          {...form.register('email', {
            required: t('auth.emailNeeded'),
            pattern: { value: /^\S+@\S+$/, message: t('auth.emailWrong') },
          })}
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={change.isPending}>
          {t('auth.sendLink')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {t('auth.cancel')}
        </Button>
      </div>
    </form>
  );
}
