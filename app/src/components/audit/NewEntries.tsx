import { useQuery } from '@tanstack/react-query';
import { ArrowUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { type AuditSearch, auditNewsOptions, NEWS_LIMIT } from '@/queries/audit';
import { useOrgId } from '@/queries/org';

export interface NewEntriesProps {
  query: AuditSearch;
  /** The number of the newest entry on the page; -1 where there is none. */
  newest: number;
  onShow: () => void;
}

/** What was written since the page was loaded waits here: a list that is being read does not move by itself. */
export function NewEntries({ query, newest, onShow }: NewEntriesProps) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery(auditNewsOptions(useOrgId(), query));
  const count = data?.filter(({ seq }) => seq > newest).length ?? 0;
  const shown = format.number(count) + (count === NEWS_LIMIT ? '+' : '');
  return (
    <div role="status" className="sticky top-3 z-20 flex justify-center empty:hidden">
      {count > 0 && (
        <Button size="sm" variant="primary" icon={<ArrowUp />} onClick={onShow} className="shadow-float">
          {t('audit.new', { count, shown })}
        </Button>
      )}
    </div>
  );
}
