import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useSession } from '@/stores/session';
import { PasswordForm } from './PasswordForm';
import { Section } from './Section';

export function PasswordSection() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const email = useSession((session) => session.user?.email ?? '');
  return (
    <Section
      title={t('auth.password')}
      description={t('account.passwordAbout')}
      action={!open && <Button onClick={() => setOpen(true)}>{t('account.changePassword')}</Button>}
    >
      {open && <PasswordForm email={email} onDone={() => setOpen(false)} />}
    </Section>
  );
}
