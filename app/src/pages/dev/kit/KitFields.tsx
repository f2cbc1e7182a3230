import { Mail, Search } from 'lucide-react';
import { useState } from 'react';
import { MarkdownField } from '@/components/patterns/MarkdownField';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { DateField } from '@/components/ui/date-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { OtpInput } from '@/components/ui/otp-input';
import { PasswordField } from '@/components/ui/password-field';
import type { PickOption } from '@/components/ui/pick-list';
import { RadioGroup } from '@/components/ui/radio';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { Section } from './Section';
import { people } from './samples';

const grid = 'grid grid-cols-1 gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3';

function TextFields() {
  const t = useT();
  const [code, setCode] = useState('4820');
  return (
    <div className={grid}>
      <Field label={t('kit.name')} hint={t('kit.nameHint')} required>
        <Input defaultValue={t('kit.person1')} autoComplete="off" />
      </Field>
      <Field label={t('kit.email')} error={t('kit.emailError')} required>
        <Input type="email" icon={<Mail />} defaultValue="sunita@himal" autoComplete="off" />
      </Field>
      <Field label={t('kit.search')} optional>
        <Input type="search" icon={<Search />} placeholder={t('kit.searchHint')} />
      </Field>
      <Field label={t('kit.disabled')}>
        <Input disabled defaultValue="NPR" />
      </Field>
      <Field label={t('kit.readOnly')} aside="PAN">
        <Input readOnly defaultValue="601234567" />
      </Field>
      <Field label={t('kit.password')} hint={t('kit.passwordHint')}>
        <PasswordField autoComplete="new-password" defaultValue="chiya-at-basantapur" />
      </Field>
      <Field label={t('kit.code')} hint={t('kit.codeHint')}>
        <OtpInput value={code} onValueChange={setCode} />
      </Field>
      <Field label={t('kit.note')} className="sm:col-span-2">
        <Textarea defaultValue={t('kit.noteText')} rows={2} />
      </Field>
    </div>
  );
}

function PickFields() {
  const t = useT();
  const names = people(t);
  const options = names.map((label, index) => ({ value: `person-${index}`, label }));
  const [priority, setPriority] = useState<'low' | 'high' | null>('high');
  const [person, setPerson] = useState<PickOption | null>(options[0] ?? null);
  const [day, setDay] = useState<string | null>('2026-11-23');
  return (
    <div className={grid}>
      <Field label={t('kit.priority')}>
        <Select
          value={priority}
          onValueChange={setPriority}
          options={[
            { value: 'low', label: t('kit.low') },
            { value: 'high', label: t('kit.high') },
          ]}
        />
      </Field>
      <Field label={t('kit.assignee')}>
        <Combobox
          label={t('kit.assignee')}
          value={person}
          onValueChange={setPerson}
          options={options}
          clearable
        />
      </Field>
      <Field label={t('kit.due')}>
        <DateField label={t('kit.due')} value={day} onValueChange={setDay} />
      </Field>
    </div>
  );
}

function Choices() {
  const t = useT();
  const [checked, setChecked] = useState(true);
  const [on, setOn] = useState(true);
  const [off, setOff] = useState(false);
  const [calendar, setCalendar] = useState<'ad' | 'bs' | null>('bs');
  return (
    <div className={grid}>
      <div className="flex flex-col gap-3">
        <Checkbox
          checked={checked}
          onCheckedChange={setChecked}
          label={t('kit.mention')}
          hint={t('kit.mentionHint')}
        />
        <Checkbox checked={false} onCheckedChange={() => undefined} label={t('kit.digest')} />
        <Checkbox checked="mixed" onCheckedChange={() => undefined} label={t('kit.mixed')} />
        <Checkbox checked disabled onCheckedChange={() => undefined} label={t('kit.disabled')} />
      </div>
      <RadioGroup
        label={t('kit.calendar')}
        value={calendar}
        onValueChange={setCalendar}
        options={[
          { value: 'bs', label: t('kit.bs'), hint: t('kit.bsHint') },
          { value: 'ad', label: t('kit.ad') },
        ]}
      />
      <div className="flex flex-col gap-3">
        <Switch
          checked={on}
          onCheckedChange={setOn}
          label={t('kit.requireMfa')}
          hint={t('kit.requireMfaHint')}
        />
        <Switch checked={off} onCheckedChange={setOff} label={t('kit.digest')} />
        <Switch checked={false} disabled onCheckedChange={() => undefined} label={t('kit.disabled')} />
      </div>
    </div>
  );
}

export function KitFields() {
  const t = useT();
  const [text, setText] = useState(t('kit.markdown'));
  return (
    <Section title={t('kit.fields')}>
      <TextFields />
      <PickFields />
      <Choices />
      <Field label={t('kit.description')} className="max-w-reading">
        <MarkdownField value={text} onValueChange={setText} />
      </Field>
    </Section>
  );
}
