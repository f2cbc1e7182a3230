import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Button } from './button';
import { Checkbox } from './checkbox';
import { Combobox } from './combobox';
import { DateField } from './date-field';
import { Field } from './field';
import { Input } from './input';
import { OtpInput } from './otp-input';
import { PasswordField } from './password-field';
import type { PickOption } from './pick-list';
import { RadioGroup } from './radio';
import { Segmented } from './segmented';
import { Select } from './select';
import { Switch } from './switch';
import { nepali, show } from './testing';
import { Textarea } from './textarea';

describe('Button', () => {
  it('acts on click, Enter and Space', async () => {
    const onClick = vi.fn();
    const { user } = await show(<Button onClick={onClick}>Save</Button>);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.keyboard('{Enter} ');
    expect(onClick).toHaveBeenCalledTimes(3);
  });

  it('keeps its focus and does nothing while busy', async () => {
    const onClick = vi.fn();
    const submit = vi.fn((event: React.FormEvent) => event.preventDefault());
    const { user } = await show(
      <form onSubmit={submit}>
        <Button busy type="submit" onClick={onClick}>
          Save
        </Button>
      </form>,
    );
    const button = screen.getByRole('button');
    await user.click(button);
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-busy', 'true');
    expect(onClick).not.toHaveBeenCalled();
    expect(submit).not.toHaveBeenCalled();
  });

  it('lends its looks to a link', async () => {
    await show(
      <Button asChild>
        <a href="/x">Go</a>
      </Button>,
    );
    expect(screen.getByRole('link', { name: 'Go' })).toHaveAttribute('href', '/x');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('Field', () => {
  it('names and describes its control', async () => {
    await show(
      <Field label="E-mail" hint="For sign-in" required>
        <Input />
      </Field>,
    );
    const box = screen.getByRole('textbox', { name: 'E-mail' });
    expect(box).toHaveAccessibleDescription('For sign-in');
    expect(box).toHaveAttribute('aria-required', 'true');
    expect(box).not.toHaveAttribute('aria-invalid');
  });

  it('shows the error in place of the hint', async () => {
    await show(
      <Field label="Note" hint="Short" error="Too long">
        <Textarea />
      </Field>,
    );
    const box = screen.getByRole('textbox', { name: 'Note' });
    expect(box).toHaveAccessibleDescription('Too long');
    expect(box).toHaveAttribute('aria-invalid', 'true');
  });
});

it('shows and hides a password', async () => {
  const { user } = await show(
    <Field label="Password">
      <PasswordField autoComplete="current-password" defaultValue="secret" />
    </Field>,
  );
  const box = screen.getByLabelText('Password');
  expect(box).toHaveAttribute('type', 'password');
  await user.click(screen.getByRole('button', { name: 'Show password', pressed: false }));
  expect(box).toHaveAttribute('type', 'text');
});

function Code({ onComplete }: { onComplete: (code: string) => void }) {
  const [code, setCode] = useState('');
  return <OtpInput aria-label="Code" value={code} onValueChange={setCode} onComplete={onComplete} />;
}

describe('OtpInput', () => {
  it('takes a pasted code with blanks and completes once', async () => {
    const onComplete = vi.fn();
    const { user } = await show(<Code onComplete={onComplete} />);
    await user.click(screen.getByRole('textbox', { name: 'Code' }));
    await user.paste(' 123 456 ');
    expect(onComplete).toHaveBeenCalledExactlyOnceWith('123456');
  });

  it('understands Devanagari digits and nothing but digits', async () => {
    const onComplete = vi.fn();
    const { user } = await show(<Code onComplete={onComplete} />);
    await user.type(screen.getByRole('textbox'), '१२a३');
    expect(screen.getByRole('textbox')).toHaveValue('123');
    expect(onComplete).not.toHaveBeenCalled();
    await user.type(screen.getByRole('textbox'), '456');
    expect(onComplete).toHaveBeenCalledExactlyOnceWith('123456');
  });
});

it('picks from a select by keyboard', async () => {
  const onValueChange = vi.fn();
  const options = [
    { value: 'low', label: 'Low' },
    { value: 'high', label: 'High' },
  ] as const;
  const { user } = await show(
    <Field label="Priority">
      <Select value="low" onValueChange={onValueChange} options={options} />
    </Field>,
  );
  screen.getByRole('combobox', { name: /Priority/ }).focus();
  await user.keyboard('{Enter}{ArrowDown}{Enter}');
  expect(onValueChange).toHaveBeenCalledWith('high');
});

const people = [
  { value: '1', label: 'Sunita' },
  { value: '2', label: 'Bikash' },
];
function Person(props: { onPick: (option: PickOption | null) => void; load?: () => Promise<PickOption[]> }) {
  const [value, setValue] = useState<PickOption | null>(people[0] ?? null);
  const pick = (option: PickOption | null) => {
    setValue(option);
    props.onPick(option);
  };
  const source = props.load ? { load: props.load } : { options: people };
  return <Combobox label="Assignee" clearable value={value} onValueChange={pick} {...source} />;
}

describe('Combobox', () => {
  it('filters and picks by keyboard, then gives the focus back', async () => {
    const onPick = vi.fn();
    const { user } = await show(<Person onPick={onPick} />);
    const button = screen.getByRole('button', { name: 'Assignee: Sunita' });
    await user.click(button);
    await user.keyboard('bik');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledWith({ value: '2', label: 'Bikash' });
    expect(screen.getByRole('button', { name: 'Assignee: Bikash' })).toHaveFocus();
  });

  it('moves the active option, not the focus', async () => {
    const { user } = await show(<Person onPick={vi.fn()} />);
    await user.click(screen.getByRole('button', { name: 'Assignee: Sunita' }));
    await user.keyboard('{ArrowDown}');
    const box = screen.getByRole('combobox', { name: 'Assignee' });
    expect(box).toHaveFocus();
    expect(box.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { name: 'Bikash' }).id);
  });

  it('says when nothing came, and when it failed', async () => {
    const { user } = await show(<Person onPick={vi.fn()} load={() => Promise.reject(new Error('down'))} />);
    await user.click(screen.getByRole('button', { name: 'Assignee: Sunita' }));
    expect(await screen.findByText('Could not be loaded')).toBeInTheDocument();
  });

  it('can be cleared', async () => {
    const onPick = vi.fn();
    const { user } = await show(<Person onPick={onPick} />);
    await user.click(screen.getByRole('button', { name: 'Clear Assignee' }));
    expect(onPick).toHaveBeenCalledWith(null);
  });
});

it('toggles checkbox and switch with Space', async () => {
  const check = vi.fn();
  const flip = vi.fn();
  const { user } = await show(
    <>
      <Checkbox checked={false} onCheckedChange={check} label="Mentions" hint="Your name" />
      <Checkbox checked="mixed" onCheckedChange={vi.fn()} label="Some" />
      <Switch checked onCheckedChange={flip} label="Require" />
    </>,
  );
  screen.getByRole('checkbox', { name: 'Mentions' }).focus();
  await user.keyboard(' ');
  expect(check).toHaveBeenCalledWith(true);
  expect(screen.getByRole('checkbox', { name: 'Mentions' })).toHaveAccessibleDescription('Your name');
  expect(screen.getByRole('checkbox', { name: 'Some' })).toBePartiallyChecked();
  screen.getByRole('switch', { name: 'Require', checked: true }).focus();
  await user.keyboard(' ');
  expect(flip).toHaveBeenCalledWith(false);
});

it('chooses with arrows in radio groups and segments', async () => {
  const onRadio = vi.fn();
  const onSegment = vi.fn();
  const options = [
    { value: 'ad', label: 'AD' },
    { value: 'bs', label: 'BS' },
  ] as const;
  const { user } = await show(
    <>
      <RadioGroup label="Calendar" value="ad" onValueChange={onRadio} options={options} />
      <Segmented label="View" value="ad" onValueChange={onSegment} options={options} />
    </>,
  );
  const [radio] = screen.getAllByRole('radio', { name: 'AD' });
  radio?.focus();
  await user.keyboard('{ArrowDown>}');
  await waitFor(() => expect(onRadio).toHaveBeenCalledWith('bs'));
  await user.keyboard('{/ArrowDown}');
  const segments = screen.getAllByRole('radio', { name: 'BS' });
  const last = segments.at(-1);
  if (last) await user.click(last);
  expect(onSegment).toHaveBeenCalledWith('bs');
});

describe('DateField', () => {
  it('reads a typed day', async () => {
    const onValueChange = vi.fn();
    const { user } = await show(<DateField label="Due" value={null} onValueChange={onValueChange} />);
    await user.type(screen.getByRole('textbox', { name: 'Due' }), '2026-11-3{Enter}');
    expect(onValueChange).toHaveBeenCalledWith('2026-11-03');
  });

  it('shows and reads Bikram Sambat in Devanagari', async () => {
    const onValueChange = vi.fn();
    const { user } = await show(
      <DateField label="Due" value="2026-11-23" onValueChange={onValueChange} />,
      nepali,
    );
    const box = screen.getByRole('textbox', { name: 'Due' });
    expect(box).toHaveValue('२०८३-०८-०७');
    await user.clear(box);
    await user.type(box, '२०८३-०१-०१{Enter}');
    expect(onValueChange).toHaveBeenCalledWith('2026-04-14');
  });

  it('refuses a day that does not exist', async () => {
    const onValueChange = vi.fn();
    const { user } = await show(<DateField label="Due" value={null} onValueChange={onValueChange} />);
    await user.type(screen.getByRole('textbox', { name: 'Due' }), '2026-02-30{Enter}');
    expect(screen.getByRole('alert')).toBeInTheDocument();
    expect(onValueChange).not.toHaveBeenCalled();
  });

  it('is picked from the calendar by keyboard', async () => {
    const onValueChange = vi.fn();
    const { user } = await show(<DateField label="Due" value="2026-11-23" onValueChange={onValueChange} />);
    await user.click(screen.getByRole('button', { name: 'Due: open calendar' }));
    expect(await screen.findByRole('button', { name: '23 Nov 2026' })).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    expect(onValueChange).toHaveBeenCalledWith('2026-12-01');
  });
});
