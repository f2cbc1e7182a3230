import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { PickList, type PickOption } from '@/components/ui/pick-list';
import { useT } from '@/i18n/i18n';

export interface TagPickerProps {
  options: readonly PickOption[];
  selected: readonly string[];
  onPick: (tag: string) => void;
}

const LONGEST = 40;

/** Tags that are in use, and a line for a new one. */
export function TagPicker({ options, selected, onPick }: TagPickerProps) {
  const t = useT();
  const [fresh, setFresh] = useState('');
  const all = [
    ...selected
      .filter((tag) => !options.some(({ value }) => value === tag))
      .map((tag) => ({ value: tag, label: tag })),
    ...options,
  ];
  const add = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const tag = fresh.trim();
    if (tag === '') return;
    setFresh('');
    if (!selected.includes(tag)) onPick(tag);
  };
  return (
    <PickList
      label={t('tickets.tags')}
      multiple
      options={all}
      selected={new Set(selected)}
      emptyText={t('tickets.noTags')}
      onPick={({ value }) => onPick(value)}
      footer={
        <form onSubmit={add} className="flex gap-1">
          <Input
            aria-label={t('tickets.newTag')}
            placeholder={t('tickets.newTag')}
            value={fresh}
            maxLength={LONGEST}
            onChange={(event) => setFresh(event.currentTarget.value)}
          />
          <Button type="submit" variant="ghost" icon={<Plus />} disabled={fresh.trim() === ''}>
            {t('tickets.add')}
          </Button>
        </form>
      }
    />
  );
}
