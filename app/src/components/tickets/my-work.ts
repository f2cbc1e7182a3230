/** Why a ticket is mine. The first is what the page begins with. */
export const concerns = ['assigned', 'requested', 'watching'] as const;
export type Concern = (typeof concerns)[number];

export const readConcern = (value: unknown): Concern =>
  concerns.find((concern) => concern === value) ?? 'assigned';
