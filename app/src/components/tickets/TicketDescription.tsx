import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { FullTicket } from '@/api/schema';
import { Markdown } from '@/components/patterns/Markdown';
import { MarkdownField } from '@/components/patterns/MarkdownField';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { MentionMark } from './MentionMark';
import type { People } from './use-people';

export interface TicketDescriptionProps {
  ticket: FullTicket;
  people: People;
  /** With the ticket as it was when the editing began: what others wrote since is not written over. */
  onSave: (description: string, base: FullTicket) => void;
}

export function TicketDescription({ ticket, people, onSave }: TicketDescriptionProps) {
  const t = useT();
  const mayWrite = useCan('tickets_update');
  const [edit, setEdit] = useState<{ draft: string; base: FullTicket } | null>(null);
  const begin = () => setEdit({ draft: ticket.description, base: ticket });
  if (edit) {
    const save = () => {
      setEdit(null);
      if (edit.draft !== edit.base.description) onSave(edit.draft, edit.base);
    };
    return (
      <div className="flex flex-col gap-2">
        <MarkdownField
          label={t('tickets.description')}
          value={edit.draft}
          onValueChange={(draft) => setEdit({ ...edit, draft })}
          onSubmit={save}
          rows={8}
          maxLength={20_000}
        />
        <div className="flex justify-end gap-2">
          <Button size="sm" onClick={() => setEdit(null)}>
            {t('patterns.cancel')}
          </Button>
          <Button size="sm" variant="primary" onClick={save}>
            {t('tickets.save')}
          </Button>
        </div>
      </div>
    );
  }
  if (ticket.description.trim() === '') {
    return mayWrite ? (
      <Button size="sm" variant="ghost" className="-mx-2" icon={<Pencil />} onClick={begin}>
        {t('tickets.describe')}
      </Button>
    ) : (
      <p className="text-dense text-muted">{t('tickets.noDescription')}</p>
    );
  }
  return (
    <div className="group/text relative">
      <Markdown
        text={ticket.description}
        mention={(name, id) => <MentionMark name={name} id={id} people={people} />}
      />
      {mayWrite && (
        <Button size="sm" variant="ghost" className="-mx-2 mt-1" icon={<Pencil />} onClick={begin}>
          {t('tickets.editDescription')}
        </Button>
      )}
    </div>
  );
}
