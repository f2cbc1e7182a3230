import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { InBreadcrumb, InTopBar } from '@/components/layout/TopBar';
import { TicketMenu } from '@/components/tickets/TicketMenu';
import { TicketView } from '@/components/tickets/TicketView';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { ticketOptions } from '@/queries/tickets';

/** One ticket with all that belongs to it. */
export function TicketDetailPage() {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const { slug, ticketId } = useParams({ from: '/o/$slug/tickets/$ticketId' });
  const { data } = useQuery({ ...ticketOptions(useOrgId(), ticketId), throwOnError: false });
  const number = data && `#${format.number(data.number)}`;
  const deleted = () => {
    toast({ title: t('tickets.deleted', { number: data?.number ?? 0 }), tone: 'success' });
    void navigate({ to: '/o/$slug/tickets', params: { slug } });
  };
  return (
    <div className="mx-auto w-full max-w-300 p-4 sm:p-6">
      {number && <InBreadcrumb>{number}</InBreadcrumb>}
      {data && (
        <InTopBar>
          <TicketMenu ticket={data} onDeleted={deleted} />
        </InTopBar>
      )}
      <TicketView id={ticketId} layout="page" />
    </div>
  );
}
