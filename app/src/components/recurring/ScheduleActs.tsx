import { MoreHorizontal, OctagonX, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { FullInvoiceSchedule } from '@/api/schema';
import { InTopBar } from '@/components/layout/TopBar';
import { dialogProblem, tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useEndSchedule, usePauseSchedule } from '@/queries/invoiceSchedules';
import { ResumeDialog } from './ResumeDialog';

/** Pause, resume, end. */
export function ScheduleActs({ schedule }: { schedule: FullInvoiceSchedule }) {
  const t = useT();
  const [asking, setAsking] = useState<'end' | 'resume' | null>(null);
  const pause = usePauseSchedule();
  const mayEnd = useCan('invoice_schedules_end');
  const mayPause = useCan('invoice_schedules_pause');
  const mayIssue = useCan('invoices_issue');
  const mayResume = useCan('invoice_schedules_resume') && (mayIssue || !schedule.autoIssue);
  const { id, version, status } = schedule;
  if (status === 'ended') return null;
  const stop = () =>
    pause.mutate(
      { id, version },
      {
        onSuccess: () => toast({ title: t('recurring.paused'), tone: 'success' }),
        onError: (error) => tellProblem(t, error),
      },
    );
  return (
    <>
      <InTopBar>
        {status === 'active' && mayPause && (
          <Button icon={<Pause />} busy={pause.isPending} onClick={stop}>
            <span className="max-sm:sr-only">{t('recurring.pause')}</span>
          </Button>
        )}
        {status !== 'active' && mayResume && (
          <Button icon={<Play />} onClick={() => setAsking('resume')}>
            <span className="max-sm:sr-only">{t('recurring.resume')}</span>
          </Button>
        )}
        {mayEnd && (
          <Menu
            align="end"
            trigger={
              <IconButton tooltip={false} label={t('invoices.moreActions')} icon={<MoreHorizontal />} />
            }
          >
            <MenuItem icon={<OctagonX />} tone="danger" onSelect={() => setAsking('end')}>
              {t('recurring.endIt')}
            </MenuItem>
          </Menu>
        )}
      </InTopBar>
      {asking === 'resume' && <ResumeDialog schedule={schedule} onClose={() => setAsking(null)} />}
      {asking === 'end' && <EndDialog schedule={schedule} onClose={() => setAsking(null)} />}
    </>
  );
}

function EndDialog({ schedule, onClose }: { schedule: FullInvoiceSchedule; onClose: () => void }) {
  const t = useT();
  const end = useEndSchedule();
  const confirm = () =>
    end.mutate(
      { id: schedule.id, version: schedule.version },
      {
        onSuccess: () => {
          toast({ title: t('recurring.ended'), tone: 'success' });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('recurring.endTitle')}
      description={t('recurring.endText')}
      confirmLabel={t('recurring.endIt')}
      busy={end.isPending}
      error={dialogProblem(t, end.error)}
      onConfirm={confirm}
    />
  );
}
