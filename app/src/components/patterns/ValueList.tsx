import { memo } from 'react';

/** The time zones or currencies there are, for an input to propose: `<Input list={id}>`. Hundreds, so rendered once. */
export const ValueList = memo(function ValueList({ id, of }: { id: string; of: 'timeZone' | 'currency' }) {
  return (
    <datalist id={id}>
      {Intl.supportedValuesOf(of).map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
});
