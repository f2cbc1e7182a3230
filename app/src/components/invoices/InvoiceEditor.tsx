import { Save } from 'lucide-react';
import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { TaxRate } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { InTopBar } from '@/components/layout/TopBar';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { Button } from '@/components/ui/button';
import { usePreferences } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { fieldOf } from '@/lib/problem';
import { inputText, problemText } from '@/lib/problem-text';
import { type IsoDate, today } from '@/lib/time';
import { useHotkeys } from '@/lib/use-hotkeys';
import { useBootstrap } from '@/queries/bootstrap';
import { DraftFields } from './DraftFields';
import { type DraftValues, draftBody, unreadable } from './draft-model';
import { fieldAt } from './draft-places';
import { dueDay } from './due-day';
import { LineEditor } from './LineEditor';
import { Paper } from './Paper';
import { PaperTotals } from './PaperTotals';
import type { DraftConflict } from './use-draft';
import { useLeaveGuard } from './use-leave-guard';
import { type Preview, usePreview } from './use-preview';

export interface InvoiceEditorProps {
  form: UseFormReturn<DraftValues>;
  taxRates: readonly TaxRate[];
  dirty: boolean;
  saving: boolean;
  conflict?: DraftConflict | undefined;
  /** It says by itself what kept it from being saved. */
  onSave: () => void;
  /** Issue, delete: what else one can do with it. */
  acts?: ReactNode;
  /** What saving it means, where it is no draft. */
  saveLabel?: string;
  saveIcon?: ReactNode;
  /** The day that the paper shows; today unless told. */
  issuedOn?: IsoDate | undefined;
  /** Over the draft. */
  children?: ReactNode;
}

const conflictLabels: Record<DraftConflict['fields'][number], string> = {
  customerId: 'invoices.customer',
  currency: 'invoices.currency',
  dueDays: 'invoices.dueDays',
  poNumber: 'invoices.poNumber',
  notes: 'invoices.notes',
  terms: 'invoices.terms',
  discount: 'invoices.discount',
  lines: 'invoices.lines',
};

/** A draft: the form at the left, at the right the paper that becomes of it. */
export function InvoiceEditor(props: InvoiceEditorProps) {
  const t = useT();
  const { form, conflict, dirty, saving } = props;
  const values = form.watch();
  const preview = usePreview(values);
  const faults = useFaults(form, values, preview);
  useLeaveGuard(dirty && !saving);
  useHotkeys([
    {
      keys: 'mod+s',
      label: props.saveLabel ?? t('invoices.saveDraft'),
      group: t('nav.invoices'),
      everywhere: true,
      run: (event) => {
        event.preventDefault();
        props.onSave();
      },
    },
  ]);
  const shown = [...new Set(conflict?.fields.map((field) => t(conflictLabels[field])))].join(', ');
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
      <InTopBar>
        <SaveState {...props} />
      </InTopBar>
      <form
        noValidate
        className="flex min-w-0 flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          props.onSave();
        }}
      >
        <FormSummary message={form.formState.errors.root?.server?.message} />
        {conflict && (
          <ConflictBar
            message={t('patterns.conflictMany', { fields: shown })}
            onKeepMine={conflict.keepMine}
            onTakeTheirs={conflict.takeTheirs}
            busy={saving}
          />
        )}
        {props.children}
        <DraftFields form={form} faults={faults}>
          <section aria-label={t('invoices.lines')}>
            <LineEditor form={form} taxRates={props.taxRates} preview={preview} faults={faults} />
            <Totals preview={preview} />
          </section>
        </DraftFields>
      </form>
      <aside aria-label={t('invoices.preview')} className="max-xl:hidden">
        <div className="sticky top-4">
          <DraftPaper values={values} preview={preview} issuedOn={props.issuedOn} />
        </div>
      </aside>
    </div>
  );
}

function SaveState({ dirty, saving, onSave, acts, saveLabel, saveIcon = <Save /> }: InvoiceEditorProps) {
  const t = useT();
  return (
    <>
      <span role="status" className="text-meta text-muted max-sm:hidden">
        {saving ? t('invoices.saving') : dirty ? t('invoices.unsaved') : ''}
      </span>
      <Button
        {...(!acts && { variant: 'primary' })}
        icon={saveIcon}
        busy={saving}
        disabled={!dirty}
        onClick={onSave}
      >
        {/* Beside other acts on a phone there is room for its icon alone. */}
        <span className={acts ? 'max-sm:sr-only' : ''}>{saveLabel ?? t('invoices.saveDraft')}</span>
      </Button>
      {acts}
    </>
  );
}

function Totals({ preview }: { preview: Preview }) {
  const t = useT();
  const { document, stale, error } = preview;
  // What stands at a line or a field is said there.
  const loose = error?.errors.filter((fault) => ['', 'lines'].includes(fieldOf(fault) ?? '')) ?? [];
  const general = error && (loose.length > 0 || error.errors.length === 0);
  return (
    <div className="mt-4 flex flex-col gap-3">
      {general && (
        <FormSummary message={loose.map((fault) => inputText(t, fault)).join(' ') || problemText(t, error)} />
      )}
      {document ? (
        <div aria-busy={stale} className={stale ? 'opacity-60' : ''}>
          <PaperTotals document={document} figures={[]} />
        </div>
      ) : (
        <p className="text-right text-dense text-muted">{t('invoices.totalsLater')}</p>
      )}
    </div>
  );
}

/** What is wrong and where: what cannot be read, what the preview refused, what the last save was told. */
function useFaults(form: UseFormReturn<DraftValues>, values: DraftValues, preview: Preview) {
  const t = useT();
  const faults = new Map<string, string>();
  for (const { path, text } of unreadable(values)) faults.set(path, t(text));
  for (const fault of preview.error?.errors ?? []) {
    const path = fieldAt(fieldOf(fault) ?? '', preview.places);
    if (path && !faults.has(path)) faults.set(path, inputText(t, fault));
  }
  const { errors } = form.formState;
  for (const [place, line] of (errors.lines ?? []).entries?.() ?? []) {
    for (const [field, fault] of Object.entries(line ?? {})) {
      const path = `lines.${place}.${field}`;
      if (typeof fault === 'object' && 'message' in fault && !faults.has(path))
        faults.set(path, String(fault.message));
    }
  }
  for (const field of [
    'customer',
    'currency',
    'dueDays',
    'poNumber',
    'notes',
    'terms',
    'discount',
  ] as const) {
    const message = errors[field]?.message;
    if (message && !faults.has(field)) faults.set(field, message);
  }
  return faults;
}

function DraftPaper(props: { values: DraftValues; preview: Preview; issuedOn: IsoDate | undefined }) {
  const { values, preview } = props;
  const t = useT();
  const { timeZone } = usePreferences();
  const seller = useBootstrap()?.organization;
  const day = props.issuedOn ?? today(timeZone);
  const readable = unreadable(values).length === 0;
  const { dueDays } = draftBody(values);
  return (
    <Paper
      title={t('invoices.paperInvoice')}
      number={null}
      seller={seller}
      buyer={values.customer && { name: values.customer.label }}
      issuedOn={day}
      dueOn={readable ? dueDay(day, dueDays) : null}
      poNumber={values.poNumber}
      document={preview.document}
      notes={values.notes}
      terms={values.terms}
      className={preview.stale ? 'opacity-80' : ''}
    />
  );
}
