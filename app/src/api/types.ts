import type { operations } from './schema';

type Operations = keyof operations;

/** The query parameters of an operation. */
export type Query<O extends Operations> = operations[O] extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : never;

/** The JSON body of an operation. */
export type Body<O extends Operations> = operations[O] extends {
  requestBody?: { content: { 'application/json': infer B } };
}
  ? B
  : never;

type Answers<R> = R extends { content: { 'application/json': infer A } } ? A : undefined;

/** What an operation answers when it did what was asked; undefined where it answers nothing. */
export type Ok<O extends Operations> = operations[O] extends { responses: infer R }
  ? Answers<R[keyof R & (200 | 201 | 202 | 204)]>
  : never;

/** The page of a list. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
  totalCount?: number;
}
