import { type ReactNode, useState } from 'react';
import type { Organization } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useLeaveOrganization } from '@/queries/members';
import { useRequestOrganizationDeletion } from '@/queries/organizations';
import { KeepButton } from './DeletionNotice';
import { TransferDialog } from './TransferDialog';

export interface DangerSectionProps {
  organization: Organization;
  /** The reader is no member any more. */
  onLeft: () => void;
}

/** Handing over, leaving, deleting. */
export function DangerSection({ organization, onLeft }: DangerSectionProps) {
  const t = useT();
  const format = useFormat();
  const [asking, setAsking] = useState<'transfer' | 'leave' | 'delete' | null>(null);
  const canTransfer = useCan('organization_transfer');
  const canDelete = useCan('organization_deletion_request');
  const { deleteAfter } = organization;
  const close = () => setAsking(null);
  return (
    <>
      <ul className="divide-y divide-line rounded-control border border-line">
        {canTransfer && (
          <Act title={t('orgSettings.transferTitle')} about={t('orgSettings.transferAbout')}>
            <Button size="sm" onClick={() => setAsking('transfer')}>
              {t('orgSettings.transfer')}
            </Button>
          </Act>
        )}
        <Act title={t('orgSettings.leaveTitle')} about={t('orgSettings.leaveAbout')}>
          <Button size="sm" variant="danger-quiet" onClick={() => setAsking('leave')}>
            {t('orgSettings.leave')}
          </Button>
        </Act>
        {deleteAfter && (
          <Act
            title={t('orgSettings.deletionTitle', { when: format.dateTime(deleteAfter) })}
            about={t('orgSettings.deletionText')}
          >
            <KeepButton />
          </Act>
        )}
        {canDelete && !deleteAfter && (
          <Act title={t('orgSettings.deleteTitle')} about={t('orgSettings.deleteAbout')}>
            <Button size="sm" variant="danger-quiet" onClick={() => setAsking('delete')}>
              {t('orgSettings.delete')}
            </Button>
          </Act>
        )}
      </ul>
      {asking === 'transfer' && <TransferDialog onClose={close} />}
      {asking === 'leave' && <LeaveDialog name={organization.name} onClose={close} onLeft={onLeft} />}
      {asking === 'delete' && <DeleteDialog name={organization.name} onClose={close} />}
    </>
  );
}

function Act({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 flex-1 basis-60 text-dense">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{about}</p>
      </div>
      {children}
    </li>
  );
}

function LeaveDialog({ name, onClose, onLeft }: { name: string; onClose: () => void; onLeft: () => void }) {
  const t = useT();
  const leave = useLeaveOrganization();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('orgSettings.leaveAsk', { name })}
      description={t('orgSettings.leaveText')}
      confirmLabel={t('orgSettings.leave')}
      busy={leave.isPending}
      error={dialogProblem(t, leave.error)}
      onConfirm={() => leave.mutate(undefined, { onSuccess: onLeft })}
    />
  );
}

function DeleteDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const t = useT();
  const remove = useRequestOrganizationDeletion();
  const confirm = () =>
    remove.mutate(
      { name },
      {
        onSuccess: () => {
          toast({ title: t('orgSettings.deletionAsked'), tone: 'success' });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('orgSettings.deleteAsk', { name })}
      description={t('orgSettings.deleteText')}
      confirmLabel={t('orgSettings.delete')}
      typedName={name}
      busy={remove.isPending}
      error={dialogProblem(t, remove.error)}
      onConfirm={confirm}
    />
  );
}
