import type { SearchSchemaInput } from '@tanstack/react-router';
import { type IsoDate, isIsoDate } from '@/lib/time';

/** The filters of the log as they stand in the address. Days are civil days of the reader. */
export interface AuditView {
  actor?: string;
  module?: string;
  type?: string;
  subjectType?: string;
  subjectId?: string;
  from?: IsoDate;
  to?: IsoDate;
  /** The entry that is open. */
  entry?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WORD = /^[a-z][a-z_-]{0,49}$/;
const TYPE = /^[a-z][a-z_]{0,40}\.[a-z_]{1,58}$/;

const checks: Record<keyof AuditView, (value: string) => boolean> = {
  actor: (value) => UUID.test(value),
  module: (value) => WORD.test(value),
  type: (value) => TYPE.test(value),
  subjectType: (value) => WORD.test(value),
  subjectId: (value) => UUID.test(value),
  from: isIsoDate,
  to: isIsoDate,
  entry: (value) => UUID.test(value),
};

/** What is not a filter is left out, so that a wrong address still shows the log. */
export function cleanView(raw: { [K in keyof AuditView]?: unknown }): AuditView {
  const view: AuditView = {};
  // The keys of an object literal are the keys of its type.
  for (const key of Object.keys(checks) as (keyof AuditView)[]) {
    const value = raw[key];
    if (typeof value === 'string' && checks[key](value)) view[key] = value;
  }
  return view;
}

/** The filters of an address. */
export const auditView = (raw: { [K in keyof AuditView]?: unknown } & SearchSchemaInput) => cleanView(raw);
