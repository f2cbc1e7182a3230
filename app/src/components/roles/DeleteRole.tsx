import type { Role } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useDeleteRole } from '@/queries/roles';

/** A role that people have is not deleted: the dialog says who has to move first. */
export function DeleteRole({
  role,
  onClose,
  onDone,
}: {
  role: Role;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useT();
  const format = useFormat();
  const remove = useDeleteRole();
  const confirm = () =>
    remove.mutate(
      { id: role.id, version: role.version },
      {
        onSuccess: () => {
          toast({ title: t('roles.deleted', { name: role.name }), tone: 'success' });
          onDone();
        },
      },
    );
  const count = role.memberCount;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('roles.deleteTitle', { name: role.name })}
      description={
        count > 0 ? t('roles.deleteInUse', { count, shown: format.number(count) }) : t('roles.deleteAbout')
      }
      confirmLabel={t('roles.delete')}
      busy={remove.isPending}
      error={dialogProblem(t, remove.error)}
      onConfirm={confirm}
    />
  );
}
