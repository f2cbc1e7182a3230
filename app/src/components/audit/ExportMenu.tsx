import { Download } from 'lucide-react';
import type { AuditFormat } from '@/api/schema';
import { tellProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';
import { type AuditSearch, useExportAudit } from '@/queries/audit';
import { csvRows } from './csv-rows';

export interface ExportMenuProps {
  query: AuditSearch;
  /** How many entries that is, where the whole list is on the page. */
  count: number | undefined;
}

/** The entries of the filter as a file, and how many they were. */
export function ExportMenu({ query, count }: ExportMenuProps) {
  const t = useT();
  const format = useFormat();
  const file = useExportAudit();
  const save = async (kind: AuditFormat) => {
    try {
      const { blob, name } = await file.mutateAsync({ ...query, format: kind });
      saveFile(blob, name ?? `audit.${kind}`);
      const text = await blob.text();
      const saved = kind === 'csv' ? csvRows(text) : text.split('\n').filter(Boolean).length;
      toast({ title: t('audit.exported', { count: saved, shown: format.number(saved) }), tone: 'success' });
    } catch (error) {
      tellProblem(t, error);
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Download />} busy={file.isPending}>
          {count === undefined ? t('audit.export') : t('audit.exportCount', { shown: format.number(count) })}
        </Button>
      }
    >
      <MenuItem hint={t('audit.csvHint')} onSelect={() => void save('csv')}>
        CSV
      </MenuItem>
      <MenuItem hint={t('audit.jsonHint')} onSelect={() => void save('jsonl')}>
        JSON Lines
      </MenuItem>
    </Menu>
  );
}
