import { Segmented, type SegmentedProps } from '@/components/ui/segmented';

export interface ChoiceProps<V extends string> {
  label: string;
  hint?: string;
  value: V;
  onChange: (value: V) => void;
  options: SegmentedProps<V>['options'];
}

/** One of a few, at the right of what it is about. */
export function Choice<V extends string>({ label, hint, value, onChange, options }: ChoiceProps<V>) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <span aria-hidden="true" className="block font-medium text-dense">
          {label}
        </span>
        {hint && <span className="block text-meta text-muted">{hint}</span>}
      </div>
      <Segmented label={label} value={value} onValueChange={onChange} options={options} />
    </div>
  );
}
