import { addDays, startOfDay } from '@/lib/time';
import type { AuditSearch } from '@/queries/audit';
import type { AuditView } from './search';

/** The same as the server wants it: instants, the end not included. */
export function auditQuery(view: AuditView, timeZone: string): AuditSearch {
  const { actor, module, type, subjectType, subjectId, from, to } = view;
  return {
    ...(actor && { actorId: actor }),
    ...(module && { module }),
    ...(type && { type }),
    ...(subjectType && { subjectType }),
    ...(subjectId && { subjectId }),
    ...(from && { from: startOfDay(from, timeZone).toISOString() }),
    ...(to && { to: startOfDay(addDays(to, 1), timeZone).toISOString() }),
  };
}
