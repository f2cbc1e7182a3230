import { Braces } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { RadioGroup } from '@/components/ui/radio';
import { useT } from '@/i18n/i18n';
import { type MergeField, mayBeUnknown, mergeFields, mergeText } from './merge-fields';

export interface MergeFieldPickProps {
  /** Where it goes: named for those who do not see the place. */
  label: string;
  onInsert: (text: string) => void;
}

/** Something that is filled in for each reader, with words for those of whom it is not known. */
export function MergeFieldPick({ label, onInsert }: MergeFieldPickProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const chosen = useRef<string | null>(null);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={label}
      className="w-72 p-3"
      // Where it was put in one goes on typing.
      onCloseAutoFocus={(event) => {
        if (chosen.current === null) return;
        event.preventDefault();
        onInsert(chosen.current);
        chosen.current = null;
      }}
      trigger={
        <Button size="sm" variant="ghost" icon={<Braces />} aria-label={label}>
          {t('campaigns.fieldInsert')}
        </Button>
      }
    >
      <PickForm
        onInsert={(text) => {
          chosen.current = text;
          setOpen(false);
        }}
      />
    </Popover>
  );
}

function PickForm({ onInsert }: { onInsert: (text: string) => void }) {
  const t = useT();
  const [field, setField] = useState<MergeField>('first_name');
  const [fallback, setFallback] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onInsert(mergeText(field, fallback));
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <RadioGroup
        label={t('campaigns.field')}
        value={field}
        onValueChange={setField}
        options={mergeFields.map((value) => ({ value, label: t(`campaigns.field.${value}`) }))}
      />
      {mayBeUnknown(field) && (
        <Field label={t('campaigns.fallback')} hint={t('campaigns.fallbackHint')}>
          <Input
            autoComplete="off"
            maxLength={60}
            value={fallback}
            placeholder={t('campaigns.fallbackSample')}
            onChange={(event) => setFallback(event.currentTarget.value)}
          />
        </Field>
      )}
      <code className="break-all rounded-chip bg-sunken px-2 py-1 font-mono text-meta">
        {mergeText(field, fallback)}
      </code>
      <Button type="submit" variant="primary" className="self-end">
        {t('campaigns.insert')}
      </Button>
    </form>
  );
}
