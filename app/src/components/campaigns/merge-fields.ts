/** What the server can fill in, as its documentation names it. */
export const mergeFields = ['first_name', 'last_name', 'full_name', 'email', 'organization'] as const;
export type MergeField = (typeof mergeFields)[number];

/** Of everybody there is an address, and one organization writes; names are known of some. */
export const mayBeUnknown = (field: MergeField): boolean => field !== 'email' && field !== 'organization';

/** As it stands in a text. What would end the field is left out of the words for the others. */
export function mergeText(field: MergeField, fallback: string): string {
  const words = mayBeUnknown(field) ? fallback.replace(/[{}\n]/g, '').trim() : '';
  return words ? `{{${field}|${words}}}` : `{{${field}}}`;
}
