import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { dialogProblem } from '@/components/patterns/tell';
import { Combobox } from '@/components/ui/combobox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import type { PickOption } from '@/components/ui/pick-list';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { memberListOptions } from '@/queries/members';
import { useOrgId } from '@/queries/org';
import { useTransferOwnership } from '@/queries/organizations';
import { rows } from '@/queries/pages';
import { useSession } from '@/stores/session';

/** Hands the organization to another member; who does it is an Admin afterwards. Mounted while it is open. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [heir, setHeir] = useState<PickOption | null>(null);
  const [missing, setMissing] = useState(false);
  const transfer = useTransferOwnership();
  const load = useActiveMembers();
  const confirm = () => {
    setMissing(heir === null);
    if (!heir) return;
    transfer.mutate(
      { userId: heir.value },
      {
        onSuccess: () => {
          toast({ title: t('orgSettings.transferred', { name: heir.label }), tone: 'success' });
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('orgSettings.transferTitle')}
      description={t('orgSettings.transferText')}
      confirmLabel={heir ? t('orgSettings.transferTo', { name: heir.label }) : t('orgSettings.transfer')}
      busy={transfer.isPending}
      error={dialogProblem(t, transfer.error)}
      onConfirm={confirm}
    >
      <Field
        label={t('orgSettings.newOwner')}
        error={missing && !heir ? t('orgSettings.newOwnerNeeded') : undefined}
      >
        <Combobox label={t('orgSettings.newOwner')} value={heir} onValueChange={setHeir} load={load} />
      </Field>
    </ConfirmDialog>
  );
}

/** Everybody active but the reader, found as he types. */
function useActiveMembers() {
  const client = useQueryClient();
  const org = useOrgId();
  const me = useSession((session) => session.user?.id);
  return useCallback(
    async (query: string): Promise<PickOption[]> => {
      const search = query.trim();
      const options = memberListOptions(org, { status: 'active', limit: 20, ...(search && { search }) });
      const found = rows(await client.fetchInfiniteQuery(options));
      return found
        .filter(({ userId }) => userId !== me)
        .map(({ userId, fullName, email }) => ({ value: userId, label: fullName, hint: email }));
    },
    [client, org, me],
  );
}
