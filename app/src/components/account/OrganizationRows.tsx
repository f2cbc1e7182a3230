import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { MyOrganization } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useLeaveOrganization } from '@/queries/members';
import { useOrgId } from '@/queries/org';

export interface OrganizationRowsProps {
  organizations: readonly MyOrganization[];
  /** The one of this tab was left: nothing of it may stay on the screen. */
  onLeft: () => void;
}

export function OrganizationRows({ organizations, onLeft }: OrganizationRowsProps) {
  const t = useT();
  const here = useOrgId();
  const [leaving, setLeaving] = useState<MyOrganization>();
  return (
    <>
      <ul aria-label={t('account.organizations')} className="divide-y divide-line border-line border-y">
        {organizations.map((organization) => (
          <Row
            key={organization.id}
            organization={organization}
            here={organization.id === here}
            onLeave={() => setLeaving(organization)}
          />
        ))}
      </ul>
      {leaving && (
        <LeaveDialog organization={leaving} onLeft={onLeft} onClose={() => setLeaving(undefined)} />
      )}
    </>
  );
}

interface RowProps {
  organization: MyOrganization;
  here: boolean;
  onLeave: () => void;
}

function Row({ organization: { name, slug, role, deleteAfter }, here, onLeave }: RowProps) {
  const t = useT();
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <Avatar name={name} shape="organization" size="lg" decorative />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-body">
          <span className="min-w-0 truncate">{name}</span>
          {here && <Badge tone="accent">{t('account.here')}</Badge>}
          {deleteAfter && (
            <Badge tone="danger">{t('account.erasedOn', { date: format.date(deleteAfter) })}</Badge>
          )}
        </p>
        <p className="text-dense text-muted">{roleName(t, role)}</p>
      </div>
      {here ? (
        <Button variant="danger-quiet" onClick={onLeave}>
          {t('account.leave')}
        </Button>
      ) : (
        <Button asChild>
          <Link to="/o/$slug" params={{ slug }} aria-label={t('account.switchTo', { name })}>
            {t('account.switch')}
          </Link>
        </Button>
      )}
    </li>
  );
}

interface LeaveProps {
  organization: MyOrganization;
  onLeft: () => void;
  onClose: () => void;
}

function LeaveDialog({ organization: { name }, onLeft, onClose }: LeaveProps) {
  const t = useT();
  const leave = useLeaveOrganization();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('account.leaveTitle', { name })}
      description={t('account.leaveText')}
      confirmLabel={t('account.leave')}
      busy={leave.isPending}
      error={leave.error && problemText(t, leave.error)}
      onConfirm={() => leave.mutate(undefined, { onSuccess: onLeft })}
    />
  );
}
