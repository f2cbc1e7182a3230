import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MoreHorizontal, Stamp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { FullInvoice, TaxRate } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { invoiceOptions, useDeleteInvoice, useUpdateInvoice } from '@/queries/invoices';
import { useOrgId } from '@/queries/org';
import { useSession } from '@/stores/session';
import { type DraftValues, draftValues, emptyLine, unreadable } from './draft-model';
import { applyDraftProblem, isComplete } from './draft-problem';
import { InvoiceEditor } from './InvoiceEditor';
import { IssueDialog } from './IssueDialog';
import { type DraftSource, useDraft } from './use-draft';

export interface DraftEditorProps {
  invoice: FullInvoice;
  taxRates: readonly TaxRate[];
  /** It is to be issued: whoever began it said so. */
  asking: boolean;
  onAsked: () => void;
}

/** A stored draft: saved, issued or thrown away. */
export function DraftEditor({ invoice, taxRates, asking, onAsked }: DraftEditorProps) {
  const t = useT();
  const form = useForm<DraftValues>({ defaultValues: filled(invoice, taxRates) });
  const draft = useDraft(form, useSource(invoice));
  const [issuing, setIssuing] = useState<FullInvoice | null>(asking ? invoice : null);
  const mayIssue = useCan('invoices_issue');

  const save = async (): Promise<FullInvoice | undefined> => {
    if (!isComplete(form, t) || unreadable(form.getValues()).length > 0) return undefined;
    try {
      return await draft.save();
    } catch (error) {
      applyDraftProblem(form, error, t);
      return undefined;
    }
  };
  const onSave = async () => {
    if (draft.dirty && (await save())) toast({ title: t('invoices.saved'), tone: 'success' });
  };
  const onIssue = async () => setIssuing((await save()) ?? null);
  return (
    <>
      <InvoiceEditor
        form={form}
        taxRates={taxRates}
        dirty={draft.dirty}
        saving={draft.saving}
        conflict={draft.conflict}
        onSave={() => void onSave()}
        acts={
          <>
            <DraftMenu invoice={invoice} version={draft.version} />
            {mayIssue && (
              <Button
                variant="primary"
                icon={<Stamp />}
                disabled={draft.conflict !== undefined}
                onClick={() => void onIssue()}
              >
                {t('invoices.issueAsk')}
              </Button>
            )}
          </>
        }
      />
      {issuing && (
        <IssueDialog
          invoice={issuing}
          onClose={() => {
            setIssuing(null);
            onAsked();
          }}
          onIssued={() => {
            setIssuing(null);
            onAsked();
          }}
        />
      )}
    </>
  );
}

function useSource(invoice: FullInvoice): DraftSource<FullInvoice> {
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateInvoice();
  return {
    entity: invoice,
    values: draftValues,
    isOpen: ({ status }) => status === 'draft',
    write: update.mutateAsync,
    writing: update.isPending,
    refetch: () => client.fetchQuery({ ...invoiceOptions(org, invoice.id), staleTime: 0 }),
  };
}

/** A draft without a line shows one to begin with. */
function filled(invoice: FullInvoice, taxRates: readonly TaxRate[]): DraftValues {
  const values = draftValues(invoice);
  const usual = taxRates.find(({ kind, standing }) => kind === 'rated' && standing === 'active')?.id ?? null;
  return values.lines.length > 0 ? values : { ...values, lines: [emptyLine(usual)] };
}

function DraftMenu({ invoice, version }: { invoice: FullInvoice; version: number }) {
  const t = useT();
  const navigate = useNavigate();
  const slug = useSession((session) => session.organization?.slug ?? '');
  const [asking, setAsking] = useState(false);
  const remove = useDeleteInvoice();
  const confirm = () =>
    remove.mutate(
      { id: invoice.id, version },
      {
        onSuccess: () => {
          toast({ title: t('invoices.draftDeleted'), tone: 'success' });
          void navigate({ to: '/o/$slug/invoices', params: { slug }, ignoreBlocker: true });
        },
      },
    );
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton tooltip={false} label={t('invoices.moreActions')} icon={<MoreHorizontal />} />}
      >
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setAsking(true)}>
          {t('invoices.draftDelete')}
        </MenuItem>
      </Menu>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(false)}
          title={t('invoices.draftDeleteTitle')}
          description={t('invoices.draftDeleteText')}
          confirmLabel={t('invoices.draftDelete')}
          busy={remove.isPending}
          error={dialogProblem(t, remove.error)}
          onConfirm={confirm}
        />
      )}
    </>
  );
}
