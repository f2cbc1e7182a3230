import { List, Plus, SquareKanban } from 'lucide-react';
import { InTopBar } from '@/components/layout/TopBar';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';

export interface TicketsHeadProps {
  view: 'board' | 'list';
  onView: (view: 'board' | 'list') => void;
  onCreate: () => void;
}

/** In the bar: board or list, and the way to a new ticket. */
export function TicketsHead({ view, onView, onCreate }: TicketsHeadProps) {
  const t = useT();
  const mayCreate = useCan('tickets_create');
  return (
    <InTopBar>
      <Segmented
        label={t('tickets.view')}
        value={view}
        onValueChange={onView}
        options={[
          { value: 'board', label: t('tickets.board'), icon: <SquareKanban />, hideLabel: true },
          { value: 'list', label: t('tickets.list'), icon: <List />, hideLabel: true },
        ]}
      />
      {mayCreate && (
        <Button
          variant="primary"
          icon={<Plus />}
          aria-label={t('tickets.new')}
          aria-keyshortcuts="C"
          onClick={onCreate}
        >
          <span className="max-sm:hidden">{t('tickets.newShort')}</span>
        </Button>
      )}
    </InTopBar>
  );
}
