import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { OpenTicket } from '@/api/schema';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useCreateTicket } from '@/queries/tickets';

/** One line: a title and Enter, then the next. Esc ends it. */
export function QuickCreate(props: { name: string; begin: Partial<OpenTicket>; onClose: () => void }) {
  const t = useT();
  const create = useCreateTicket();
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = title.trim();
    if (text === '' || create.isPending) return;
    create.mutate(
      { ...props.begin, title: text },
      {
        // The text stays where it is until the ticket is there: nothing typed is lost.
        onSuccess: () => setTitle(''),
        onError: (error) =>
          toast({ title: t('tickets.notCreated'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    props.onClose();
  };
  return (
    <form onSubmit={submit} className="pt-1">
      <Input
        autoFocus
        aria-label={t('tickets.newIn', { name: props.name })}
        placeholder={t('tickets.quickPlaceholder')}
        value={title}
        maxLength={200}
        aria-busy={create.isPending}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => title.trim() === '' && props.onClose()}
      />
    </form>
  );
}
