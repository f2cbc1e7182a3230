import { Avatar } from '@/components/ui/avatar';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useT } from '@/i18n/i18n';
import { accentFill } from '@/lib/accent';
import { useBootstrap } from '@/queries/bootstrap';

export interface AccentFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  error: string | undefined;
  editable: boolean;
}

const COLOR = /^#[0-9a-f]{6}$/i;

/** The colour of the organization's mark: by eye or by number, beside the mark as it will be. */
export function AccentField({ value, onValueChange, error, editable }: AccentFieldProps) {
  const t = useT();
  const name = useBootstrap()?.organization.name ?? '';
  return (
    <Field label={t('orgSettings.accent')} hint={t('orgSettings.accentHint')} error={error}>
      <div className="flex items-center gap-2">
        <Avatar name={name} shape="organization" fill={accentFill(value)} decorative />
        <div className="min-w-0 flex-1">
          <Input
            value={value}
            spellCheck={false}
            maxLength={7}
            readOnly={!editable}
            className="num"
            onChange={(event) => onValueChange(event.currentTarget.value.trim())}
            end={
              <input
                type="color"
                aria-label={t('orgSettings.accentPick')}
                disabled={!editable}
                value={COLOR.test(value) ? value.toLowerCase() : '#000000'}
                onChange={(event) => onValueChange(event.currentTarget.value)}
                className="mr-0.5 size-6 cursor-pointer rounded-chip border border-line bg-surface p-0.5 disabled:cursor-default"
              />
            }
          />
        </div>
      </div>
    </Field>
  );
}
