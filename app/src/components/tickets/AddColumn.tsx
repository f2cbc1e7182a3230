import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { TicketStatus } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useT } from '@/i18n/i18n';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useAddColumn } from '@/queries/ticketBoard';
import { useCategories } from './ColumnSettings';

/** A new column at the right end of the board. */
export function AddColumn() {
  const t = useT();
  const add = useAddColumn();
  const categories = useCategories();
  const [name, setName] = useState('');
  const [category, setCategory] = useState<TicketStatus>('in_progress');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || add.isPending) return;
    add.mutate({ name: name.trim(), category }, { onSuccess: () => setName('') });
  };
  const fault = add.error && (faultTexts(t, add.error).name ?? problemText(t, add.error));
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
      <Field label={t('tickets.newColumn')} error={fault} className="min-w-48 flex-1">
        <Input value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
      <Field label={t('tickets.category')} className="w-44">
        <Select value={category} onValueChange={setCategory} options={categories} />
      </Field>
      <Button
        type="submit"
        className="mt-5.5"
        icon={<Plus />}
        disabled={name.trim() === ''}
        busy={add.isPending}
      >
        {t('tickets.add')}
      </Button>
    </form>
  );
}
