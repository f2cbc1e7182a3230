import { Archive, ArchiveRestore, MoreHorizontal, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { TaxRate } from '@/api/schema';
import { lazyDialog } from '@/components/patterns/lazy-part';
import { tellProblem } from '@/components/patterns/tell';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { useUpdateTaxRate } from '@/queries/catalogue';
import { taxClassText } from './tax-text';

// Fetched when somebody opens it.
const TaxRateDialog = lazyDialog(() => import('./TaxRateDialog').then((m) => m.TaxRateDialog));

/** The taxes that a line can have. What one is never changes: documents name it. */
export function TaxRatesSection({ taxRates }: { taxRates: readonly TaxRate[] }) {
  const t = useT();
  const [open, setOpen] = useState<TaxRate | 'new' | null>(null);
  return (
    <>
      <ul className="divide-y divide-line border-line border-y">
        {taxRates.map((rate) => (
          <RateRow key={rate.id} rate={rate} onRename={() => setOpen(rate)} />
        ))}
      </ul>
      <div className="flex justify-end pt-3">
        <Button icon={<Plus />} onClick={() => setOpen('new')}>
          {t('invoices.taxRateNew')}
        </Button>
      </div>
      {open && <TaxRateDialog rate={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function RateRow({ rate, onRename }: { rate: TaxRate; onRename: () => void }) {
  const t = useT();
  const format = useFormat();
  const update = useUpdateTaxRate();
  const archived = rate.standing === 'archived';
  const toggle = () =>
    update.mutate(
      { id: rate.id, version: rate.version, change: { standing: archived ? 'active' : 'archived' } },
      { onError: (error) => tellProblem(t, error) },
    );
  return (
    <li className="flex min-h-row items-center gap-3 text-dense">
      <span className={`min-w-0 flex-1 truncate ${archived ? 'text-muted' : 'font-medium'}`}>
        {rate.name}
      </span>
      {archived && <Badge>{t('invoices.archived')}</Badge>}
      <span className="num text-muted">{taxClassText(t, format, rate)}</span>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="sm"
            tooltip={false}
            label={t('invoices.actionsOn', { name: rate.name })}
            icon={<MoreHorizontal />}
          />
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onRename}>
          {t('invoices.rename')}
        </MenuItem>
        <MenuItem icon={archived ? <ArchiveRestore /> : <Archive />} onSelect={toggle}>
          {archived ? t('invoices.restore') : t('invoices.archive')}
        </MenuItem>
      </Menu>
    </li>
  );
}
