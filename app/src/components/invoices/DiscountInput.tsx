import type { KeyboardEvent } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import type { DraftValues } from './draft-model';

export interface DiscountInputProps {
  form: UseFormReturn<DraftValues>;
  kindPath: 'discountKind' | `lines.${number}.discountKind`;
  path: 'discount' | `lines.${number}.discount`;
  currency: string;
  error: string | undefined;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A share or an amount. */
export function DiscountInput({ form, kindPath, path, currency, error, onKeyDown }: DiscountInputProps) {
  const t = useT();
  return (
    <>
      <Controller
        control={form.control}
        name={kindPath}
        render={({ field }) => (
          <Segmented
            label={t('invoices.discountKind')}
            value={field.value}
            onValueChange={field.onChange}
            options={[
              { value: 'percent', label: '%' },
              { value: 'amount', label: currency },
            ]}
          />
        )}
      />
      <Field className="w-28" label={t('invoices.discount')} hideLabel error={error}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          placeholder="0"
          className="num text-right"
          {...(onKeyDown ? { onKeyDown } : {})}
          {...form.register(path)}
        />
      </Field>
    </>
  );
}
