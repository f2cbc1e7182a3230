import { useQuery } from '@tanstack/react-query';
import { Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import type { FullInvoice, InvoiceLink } from '@/api/schema';
import { dialogProblem, tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { Input } from '@/components/ui/input';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { invoiceLinksOptions, useCreateInvoiceLink, useRevokeInvoiceLink } from '@/queries/invoiceMoney';
import { useOrgId } from '@/queries/org';
import { SideSection } from './SideSection';

/** Addresses under which whoever has them sees this invoice. Each is told once, and can be taken back. */
export function LinksSection({ invoice }: { invoice: FullInvoice }) {
  const t = useT();
  const links = useQuery(invoiceLinksOptions(useOrgId(), invoice.id));
  const create = useCreateInvoiceLink();
  const [revoking, setRevoking] = useState<InvoiceLink | null>(null);
  const mayCreate = useCan('invoice_links_create');
  const mayRevoke = useCan('invoice_links_revoke');
  const open = links.data?.filter(({ revokedAt }) => !revokedAt) ?? [];
  const fresh =
    create.data && !links.data?.find(({ id }) => id === create.data?.id)?.revokedAt && create.data;
  return (
    <SideSection
      title={t('invoices.links')}
      action={
        mayCreate && (
          <Button
            size="sm"
            icon={<Plus />}
            busy={create.isPending}
            onClick={() => create.mutate({ id: invoice.id }, { onError: (error) => tellProblem(t, error) })}
          >
            {t('invoices.linkCreate')}
          </Button>
        )
      }
    >
      {fresh && <FreshLink url={fresh.url} />}
      {links.error && !links.data && (
        <p role="alert" className="text-danger text-dense">
          {problemText(t, links.error)}
        </p>
      )}
      {links.data && open.length === 0 && !fresh && (
        <p className="text-dense text-muted">{t('invoices.linksNone')}</p>
      )}
      {open.length > 0 && (
        <ul className="divide-y divide-line border-line border-y">
          {open.map((link) => (
            <LinkRow key={link.id} link={link} onRevoke={mayRevoke ? () => setRevoking(link) : undefined} />
          ))}
        </ul>
      )}
      {revoking && <RevokeLink invoice={invoice} link={revoking} onClose={() => setRevoking(null)} />}
    </SideSection>
  );
}

function FreshLink({ url }: { url: string }) {
  const t = useT();
  return (
    <Callout tone="success" title={t('invoices.linkFresh')}>
      <div className="mt-1 flex items-center gap-1">
        <Input
          readOnly
          aria-label={t('invoices.link')}
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={url} label={t('invoices.linkCopy')} />
      </div>
    </Callout>
  );
}

function LinkRow({ link, onRevoke }: { link: InvoiceLink; onRevoke: (() => void) | undefined }) {
  const t = useT();
  const format = useFormat();
  return (
    <li className="flex min-h-row items-center gap-2 text-dense">
      <Link2 aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="num min-w-0 flex-1">
        {t('invoices.linkMade', { day: format.dateTime(link.createdAt) })}
      </span>
      {onRevoke && (
        <Button size="sm" variant="ghost" onClick={onRevoke}>
          {t('invoices.linkRevoke')}
        </Button>
      )}
    </li>
  );
}

function RevokeLink(props: { invoice: FullInvoice; link: InvoiceLink; onClose: () => void }) {
  const t = useT();
  const { invoice, link, onClose } = props;
  const revoke = useRevokeInvoiceLink();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('invoices.linkRevokeTitle')}
      description={t('invoices.linkRevokeText')}
      confirmLabel={t('invoices.linkRevoke')}
      busy={revoke.isPending}
      error={dialogProblem(t, revoke.error)}
      onConfirm={() => revoke.mutate({ id: invoice.id, link: link.id }, { onSuccess: onClose })}
    />
  );
}
