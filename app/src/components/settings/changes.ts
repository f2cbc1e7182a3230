/** The fields of a form that are not as they were: an update sends nothing else. */
export function changed<V extends object>(before: V, after: V): Partial<V> {
  const fields = Object.keys(after) as (keyof V)[]; // The keys of a form's values are those of their type.
  const differing = fields.filter((field) => before[field] !== after[field]);
  return Object.fromEntries(differing.map((field) => [field, after[field]])) as Partial<V>;
}
