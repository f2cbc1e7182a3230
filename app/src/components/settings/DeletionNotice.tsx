import { tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useCancelOrganizationDeletion } from '@/queries/organizations';

/** Takes the deletion back, for who may. */
export function KeepButton() {
  const t = useT();
  const cancel = useCancelOrganizationDeletion();
  const canCancel = useCan('organization_deletion_cancel');
  if (!canCancel) return null;
  const keep = () =>
    cancel.mutate(undefined, {
      onSuccess: () => toast({ title: t('orgSettings.kept'), tone: 'success' }),
      onError: (error) => tellProblem(t, error),
    });
  return (
    <Button size="sm" busy={cancel.isPending} onClick={keep}>
      {t('orgSettings.keep')}
    </Button>
  );
}

/** While a deletion waits: when it comes, and the way back. */
export function DeletionNotice({ after }: { after: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Callout
      tone="danger"
      title={t('orgSettings.deletionTitle', { when: format.dateTime(after) })}
      actions={<KeepButton />}
    >
      {t('orgSettings.deletionText')}
    </Callout>
  );
}
