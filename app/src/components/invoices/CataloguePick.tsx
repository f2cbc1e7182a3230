import { useQueryClient } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useCallback, useRef } from 'react';
import type { CatalogueItem } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { type LoadOptions, PickList } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { catalogueChoicesOptions } from '@/queries/catalogue';
import { useOrgId } from '@/queries/org';

const nothing: ReadonlySet<string> = new Set();

/** Something that is sold often; it becomes a line. Stays open, for there may be more. */
export function CataloguePick({ onPick }: { onPick: (item: CatalogueItem) => void }) {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const org = useOrgId();
  const known = useRef(new Map<string, CatalogueItem>());
  const load = useCallback<LoadOptions>(
    async (query) => {
      const items = await client.fetchQuery(catalogueChoicesOptions(org, query.trim()));
      for (const item of items) known.current.set(item.id, item);
      return items.map(({ id, name, unitPrice }) => ({
        value: id,
        label: name,
        hint: format.money(unitPrice),
      }));
    },
    [client, org, format],
  );
  return (
    <Popover
      label={t('invoices.fromCatalogue')}
      className="w-80"
      trigger={
        <Button size="sm" icon={<BookOpen />}>
          {t('invoices.fromCatalogue')}
        </Button>
      }
    >
      <PickList
        label={t('invoices.fromCatalogue')}
        selected={nothing}
        load={load}
        emptyText={t('invoices.catalogueNoneFound')}
        onPick={({ value }) => {
          const item = known.current.get(value);
          if (item) onPick(item);
        }}
      />
    </Popover>
  );
}
