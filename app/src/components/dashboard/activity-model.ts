import type { Event } from '@/api/schema';

/** A line of the activity: the text, and the ticket that it is about. */
export interface Line {
  event: Event;
  /** The message id. */
  text: string;
  ticketId?: string;
  number?: number;
  status?: string;
}

/** The text of each kind of event; what is not here is not for everybody's eyes on a start page. */
const texts: Record<string, string> = {
  'tickets.ticket_created': 'dashboard.didOpen',
  'tickets.ticket_assigned': 'dashboard.didAssign',
  'tickets.ticket_moved': 'dashboard.didMove',
  'tickets.ticket_updated': 'dashboard.didChange',
  'tickets.comment_added': 'dashboard.didComment',
  'members.member_joined': 'dashboard.didJoin',
  'organizations.organization_updated': 'dashboard.didUpdateOrganization',
  'settings.settings_updated': 'dashboard.didUpdateSettings',
  'roles.role_created': 'dashboard.didAddRole',
};

function fact(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.entries(data).find(([key]) => key === name)?.[1];
}

/** Says the same as the event of the assignment that comes with it. */
function onlyAssigns({ type, data }: Event): boolean {
  const changed = fact(data, 'changed');
  return (
    type === 'tickets.ticket_updated' &&
    Array.isArray(changed) &&
    changed.every((field) => field === 'assigneeId')
  );
}

/** A run of changes by one person to one thing is one line: the newest of its kind. */
function sameAs(a: Line, b: Line): boolean {
  return a.text === b.text && a.ticketId === b.ticketId && a.event.actor.userId === b.event.actor.userId;
}

/** The lines of events that come newest first. */
export function linesOf(events: readonly Event[], most: number): Line[] {
  const lines: Line[] = [];
  for (const event of events) {
    const text = texts[event.type];
    if (!text || onlyAssigns(event)) continue;
    const [ticketId, number, status] = ['ticketId', 'number', 'status'].map((name) => fact(event.data, name));
    const line: Line = {
      event,
      text,
      ...(typeof ticketId === 'string' && { ticketId }),
      ...(typeof number === 'number' && { number }),
      ...(typeof status === 'string' && { status }),
    };
    const last = lines.at(-1);
    if (last && sameAs(last, line)) continue;
    lines.push(line);
    if (lines.length === most) break;
  }
  return lines;
}
