import { useState } from 'react';
import type { User } from '@/api/schema';
import { Section } from '@/components/account/Section';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCancelAccountDeletion, useRequestAccountDeletion } from '@/queries/users';

/** The end of the account, with a month to think again. */
export function DeleteSection({ user }: { user: User }) {
  const t = useT();
  return user.deleteAfter ? (
    <Section title={t('profile.delete')}>
      <Waiting until={user.deleteAfter} />
    </Section>
  ) : (
    <Section
      title={t('profile.delete')}
      description={t('profile.deleteAbout')}
      action={<Ask email={user.email} />}
    />
  );
}

function Waiting({ until }: { until: string }) {
  const t = useT();
  const format = useFormat();
  const cancel = useCancelAccountDeletion();
  const keep = () =>
    cancel.mutate(undefined, {
      onSuccess: () => toast({ title: t('profile.kept'), tone: 'success' }),
      onError: (error) => toast({ title: problemText(t, error), tone: 'danger' }),
    });
  return (
    <Callout
      tone="danger"
      actions={
        <Button size="sm" busy={cancel.isPending} onClick={keep}>
          {t('profile.keep')}
        </Button>
      }
    >
      {t('profile.deletedOn', { date: format.date(until) })}
    </Callout>
  );
}

function Ask({ email }: { email: string }) {
  const t = useT();
  const request = useRequestAccountDeletion();
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    request.reset();
  };
  return (
    <>
      <Button variant="danger-quiet" onClick={() => setOpen(true)}>
        {t('profile.delete')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={change}
        title={t('profile.deleteTitle')}
        description={t('profile.deleteText')}
        confirmLabel={t('profile.delete')}
        typedName={email}
        busy={request.isPending}
        error={request.error && problemText(t, request.error)}
        onConfirm={() => request.mutate(undefined, { onSuccess: () => setOpen(false) })}
      />
    </>
  );
}
