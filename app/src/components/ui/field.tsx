import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, use, useId } from 'react';
import { useT } from '@/i18n/i18n';

interface FieldIds {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

export interface ControlProps {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined;
  required?: boolean | undefined;
}

/** What a control inside of a `Field` takes from it; its own props win. */
export function useFieldControl(own: ControlProps = {}) {
  const field = use(FieldContext);
  return {
    id: own.id ?? field?.id,
    'aria-describedby': own['aria-describedby'] ?? field?.describedBy,
    'aria-invalid': own['aria-invalid'] ?? (field?.invalid ? true : undefined),
    'aria-required': (own.required ?? field?.required) ? true : undefined,
  };
}

/** For controls made of several elements, which are named by the label instead of labelled by it. */
export function useFieldLabelId(): string | undefined {
  return use(FieldContext)?.labelId;
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** Shown in place of the hint, and read out when it appears. */
  error?: ReactNode;
  required?: boolean;
  optional?: boolean;
  hideLabel?: boolean;
  /** At the right end of the label line: a link, a counter. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Field(props: FieldProps) {
  const t = useT();
  const id = useId();
  const { label, hint, error, required = false, optional = false, hideLabel = false, aside } = props;
  const messageId = `${id}-message`;
  const hasMessage = Boolean(error ?? hint);
  const ids = {
    id: `${id}-control`,
    labelId: `${id}-label`,
    describedBy: hasMessage ? messageId : undefined,
    invalid: Boolean(error),
    required,
  };
  return (
    <FieldContext value={ids}>
      <div className={clsx('flex min-w-0 flex-col gap-1', props.className)}>
        <div className={clsx('flex items-baseline justify-between gap-2', hideLabel && 'sr-only')}>
          <label id={ids.labelId} htmlFor={ids.id} className="font-medium text-dense">
            {label}
            {optional && <span className="ml-1 font-normal text-muted">{t('patterns.optional')}</span>}
          </label>
          {aside && <span className="text-meta text-muted">{aside}</span>}
        </div>
        {props.children}
        <FieldMessage id={messageId} error={error} hint={hint} />
      </div>
    </FieldContext>
  );
}

function FieldMessage({ id, error, hint }: { id: string; error: ReactNode; hint: ReactNode }) {
  return (
    <div id={id} aria-live="polite" className="text-meta empty:hidden">
      {error ? (
        <span className="flex items-start gap-1 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
          <span>{error}</span>
        </span>
      ) : (
        hint && <span className="text-muted">{hint}</span>
      )}
    </div>
  );
}

/** A label without a field around it. */
export function Label({ htmlFor, children }: { htmlFor: string; children: ReactNode }) {
  return (
    <label htmlFor={htmlFor} className="font-medium text-dense">
      {children}
    </label>
  );
}
