import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/i18n/i18n';
import { IconButton } from './icon-button';
import { Input, type InputProps } from './input';

export interface PasswordFieldProps extends Omit<InputProps, 'type' | 'end' | 'autoComplete'> {
  /** Tells password managers whether to fill or to offer a new one. */
  autoComplete: 'current-password' | 'new-password';
}

/** Paste and password managers always work; the eye shows what was typed. */
export function PasswordField(props: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <Input
      spellCheck={false}
      autoCapitalize="none"
      {...props}
      type={shown ? 'text' : 'password'}
      end={
        <IconButton
          size="sm"
          tooltip={false}
          aria-pressed={shown}
          label={t('patterns.showPassword')}
          icon={shown ? <EyeOff /> : <Eye />}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
