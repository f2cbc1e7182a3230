import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { Select as S } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { styleNonce } from '@/lib/nonce';
import { useFieldControl, useFieldLabelId } from './field';
import { controlLook } from './input';
import { floatLook, itemLook } from './menu-look';
import { type SelectControlProps, selectLook } from './select';

export function SelectControl<V extends string>(props: SelectControlProps<V>) {
  const {
    value,
    onValueChange,
    options,
    placeholder,
    label,
    disabled = false,
    required,
    className,
    begin,
  } = props;
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (begin.focused) trigger.current?.focus();
  }, [begin.focused]);
  const control = useFieldControl({ required });
  const labelId = useFieldLabelId();
  const pick = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <S.Root defaultOpen={begin.open} value={value ?? ''} onValueChange={pick} disabled={disabled}>
      <S.Trigger
        ref={trigger}
        {...control}
        aria-label={label}
        aria-labelledby={label ? undefined : labelId}
        className={clsx(controlLook, selectLook, className)}
      >
        <span className="min-w-0 truncate">
          <S.Value placeholder={placeholder} />
        </span>
        <S.Icon asChild>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </S.Icon>
      </S.Trigger>
      <S.Portal>
        <S.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={clsx(floatLook, 'max-h-80 min-w-(--radix-select-trigger-width)')}
        >
          <S.Viewport nonce={styleNonce()} className="p-1">
            {options.map((option) => (
              <S.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={clsx(itemLook, 'pr-8')}
              >
                <S.ItemText>
                  <span className="flex min-w-0 items-center gap-2">
                    {option.icon}
                    <span className="truncate">{option.label}</span>
                  </span>
                </S.ItemText>
                {option.hint && <span className="text-meta text-muted">{option.hint}</span>}
                <S.ItemIndicator className="absolute right-2">
                  <Check aria-hidden="true" className="size-4 text-accent-text" />
                </S.ItemIndicator>
              </S.Item>
            ))}
          </S.Viewport>
        </S.Content>
      </S.Portal>
    </S.Root>
  );
}
