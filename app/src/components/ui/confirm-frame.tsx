import { type FormEvent, useId, useState } from 'react';
import { useT } from '@/i18n/i18n';
import { Button } from './button';
import type { ConfirmDialogProps } from './confirm-dialog';
import { DialogFrame } from './dialog-frame';
import { Field } from './field';
import { Input } from './input';

export function ConfirmFrame(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description } = props;
  return (
    <DialogFrame open={open} onOpenChange={onOpenChange} title={title} description={description} size="sm">
      {/* Mounted with the dialog, so a second opening starts with an empty box. */}
      <ConfirmForm {...props} />
    </DialogFrame>
  );
}

function ConfirmForm(props: ConfirmDialogProps) {
  const t = useT();
  const id = useId();
  const [typed, setTyped] = useState('');
  const { typedName, busy = false, tone = 'danger', error } = props;
  const ready = typedName === undefined || typed.trim() === typedName;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) props.onConfirm();
  };
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      {props.children}
      {typedName !== undefined && (
        <Field label={t('patterns.typeToConfirm', { name: typedName })} error={error}>
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Field>
      )}
      {typedName === undefined && error && (
        <p role="alert" className="text-danger text-dense">
          {error}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => props.onOpenChange(false)}>{t('patterns.cancel')}</Button>
        <Button
          type="submit"
          variant={tone === 'danger' ? 'danger' : 'primary'}
          disabled={!ready}
          busy={busy}
        >
          {props.confirmLabel}
        </Button>
      </div>
    </form>
  );
}
