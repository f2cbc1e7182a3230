import { ChevronDown, Download, Eye, FileText, Printer } from 'lucide-react';
import { useState } from 'react';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { tellProblem } from '@/components/patterns/tell';
import { useNarrow } from '@/components/patterns/use-media';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';
import { type PaperOf, usePaper } from '@/queries/papers';

// Fetched when somebody opens it.
const PaperDialog = lazyDialog(() => import('./PaperDialog').then((m) => m.PaperDialog));

export interface PaperMenuProps {
  of: PaperOf;
  number: string;
}

/** The document as PDF: to look at, to keep. Telephones show none inside of a page. */
export function PaperMenu({ of, number }: PaperMenuProps) {
  const t = useT();
  const narrow = useNarrow();
  const paper = usePaper();
  const [open, setOpen] = useState(false);
  const save = () =>
    // Not as a callback of `mutate`: those end with the page, and the original that was handed out would be lost.
    paper.mutateAsync(of).then(
      ({ blob, name }) => saveFile(blob, name ?? `${number.replaceAll('/', '-')}.pdf`),
      (error: unknown) => tellProblem(t, error),
    );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={<FileText />} busy={paper.isPending}>
            PDF
            <ChevronDown className="max-sm:hidden" />
          </Button>
        }
      >
        {!narrow && (
          <MenuItem icon={<Eye />} hint={t('invoices.pdfLookHint')} onSelect={() => setOpen(true)}>
            {t('invoices.pdfLook')}
          </MenuItem>
        )}
        <MenuItem icon={<Download />} hint={t('invoices.pdfSaveHint')} onSelect={save}>
          {t('invoices.pdfSave')}
        </MenuItem>
        {of.kind === 'invoice' && (
          <MenuItem icon={<Printer />} onSelect={() => window.print()}>
            {t('invoices.print')}
          </MenuItem>
        )}
      </Menu>
      {open && <PaperDialog of={of} number={number} onClose={() => setOpen(false)} />}
    </>
  );
}
