import type { AuditEntry } from '@/api/schema';
import type { FieldDiff } from '@/components/patterns/DiffView';
import type { Translate } from '@/i18n/i18n';

/** What the log records, by module: the choices of the filters. */
export const eventTypes = {
  members: [
    'member_joined',
    'member_role_changed',
    'member_suspended',
    'member_reactivated',
    'member_removed',
    'member_left',
    'ownership_transferred',
    'security_changed',
  ],
  invitations: ['invitation_created', 'invitation_resent', 'invitation_revoked', 'invitation_accepted'],
  roles: ['role_created', 'role_updated', 'role_deleted'],
  organizations: [
    'organization_created',
    'organization_updated',
    'policy_updated',
    'deletion_requested',
    'deletion_cancelled',
  ],
  settings: ['settings_updated'],
  auth: ['api_key_created', 'api_key_revoked'],
  tickets: [
    'ticket_created',
    'ticket_updated',
    'ticket_moved',
    'ticket_assigned',
    'ticket_closed',
    'ticket_deleted',
    'ticket_linked',
    'ticket_unlinked',
    'ticket_watched',
    'ticket_unwatched',
    'comment_added',
    'comment_edited',
    'comment_deleted',
    'board_prepared',
    'column_added',
    'column_updated',
    'column_removed',
    'transitions_set',
  ],
  invoices: [
    'invoice_drafted',
    'invoice_updated',
    'invoice_deleted',
    'invoice_issued',
    'invoice_voided',
    'payment_recorded',
    'refund_recorded',
    'credit_note_issued',
    'link_created',
    'link_revoked',
    'pdf_ready',
    'original_taken',
    'sending_requested',
    'document_sent',
    'sending_failed',
    'sending_cancelled',
    'payment_claimed',
    'schedule_created',
    'schedule_updated',
    'schedule_paused',
    'schedule_resumed',
    'schedule_ended',
    'schedule_recurred',
    'schedule_stopped',
    'customer_created',
    'customer_updated',
    'item_created',
    'item_updated',
    'tax_rate_created',
    'tax_rate_updated',
    'settings_prepared',
    'settings_updated',
  ],
  campaigns: [
    'campaign_created',
    'campaign_updated',
    'campaign_scheduled',
    'campaign_unscheduled',
    'schedule_missed',
    'campaign_started',
    'campaign_planned',
    'campaign_paused',
    'campaign_resumed',
    'campaign_continued',
    'mails_renewed',
    'batch_sent',
    'mails_abandoned',
    'campaign_finished',
    'campaign_cancelled',
    'test_requested',
    'test_sent',
    'test_failed',
    'list_created',
    'list_updated',
    'contacts_imported',
    'contact_confirmed',
    'contact_removed',
    'address_suppressed',
    'address_released',
    'bounces_noted',
  ],
  notifications: [
    'notification_created',
    'notification_marked',
    'feed_marked',
    'mail_sent',
    'mail_failed',
    'preferences_changed',
    'defaults_changed',
  ],
  audit: ['log_exported'],
  jobs: ['job_requeued', 'job_discarded'],
} as const;

export const auditModules = Object.keys(eventTypes);

export const allEventTypes = Object.entries(eventTypes).flatMap(([module, types]) =>
  types.map((type) => `${module}.${type}`),
);

/** `tickets.ticket_created` in words; the words of its name where there are no others. */
export function eventText(t: Translate, type: string): string {
  return told(t, `audit.type.${type}`) ?? sentence(type.split('.')[1] ?? type);
}

/** What happened: for a change of somebody's security, which one. */
export function entryText(t: Translate, { type, data }: Pick<AuditEntry, 'type' | 'data'>): string {
  const change = fieldsOf(data).change;
  if (type !== 'members.security_changed' || typeof change !== 'string') return eventText(t, type);
  return told(t, `audit.security.${change}`) ?? eventText(t, type);
}

export function auditModuleText(t: Translate, module: string): string {
  return told(t, `audit.module.${module}`) ?? sentence(module);
}

export function subjectText(t: Translate, type: string): string {
  return told(t, `audit.subject.${type}`) ?? sentence(type);
}

/** What it is called where its id has no name: a ticket by its number, a mail by its kind, the rest by whom it is for. */
export function subjectHint(
  t: Translate,
  { subject, data, after }: Pick<AuditEntry, 'subject' | 'data' | 'after'>,
  names: ReadonlyMap<string, string>,
  shown: (number: number) => string,
): string | undefined {
  const { number, template, userId } = fieldsOf(data);
  const { email, name } = fieldsOf(after);
  if (typeof number === 'number') return `#${shown(number)}`;
  if (typeof template === 'string') return told(t, `audit.mail.${template}`) ?? sentence(template);
  if (subject.type === 'notification' && typeof userId === 'string') return names.get(userId);
  return [email, name].find((told) => typeof told === 'string');
}

/** `assigneeId` in words. */
export function fieldText(t: Translate, key: string): string {
  const words = key.replace(/(?<=.)Ids?$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return told(t, `audit.field.${key}`) ?? sentence(words.toLowerCase());
}

/** The field-by-field difference of an entry, with ids in the words of whoever has a name. */
export function fieldDiffs(
  t: Translate,
  { before, after }: Pick<AuditEntry, 'before' | 'after'>,
  names: ReadonlyMap<string, string>,
): FieldDiff[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys.map((key) => ({
    id: key,
    label: fieldText(t, key),
    // Nothing before or after is not worth a line of its own.
    ...((was[key] ?? null) !== null ? { before: named(was[key], names) } : {}),
    ...((is[key] ?? null) !== null || (was[key] ?? null) === null ? { after: named(is[key], names) } : {}),
  }));
}

/** What else an entry carries: ids and plain values. */
export function dataRows(
  data: unknown,
  names: ReadonlyMap<string, string>,
): { key: string; value: string }[] {
  // Which fields changed, and to what, is said by their difference.
  const rest = Object.entries(fieldsOf(data)).filter(([key]) => key !== 'changed' && key !== 'values');
  return rest.map(([key, value]) => {
    const shown = named(value, names);
    return { key, value: typeof shown === 'string' ? shown : JSON.stringify(shown) };
  });
}

function named(value: unknown, names: ReadonlyMap<string, string>): unknown {
  return typeof value === 'string' ? (names.get(value) ?? value) : value;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  // The log holds whatever a module wrote; an object is the only shape with fields.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const sentence = (name: string): string => {
  const words = name.replaceAll('_', ' ').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Lingui gives the id back when it has no text for it. */
function told(t: Translate, id: string): string | undefined {
  const text = t(id);
  return text === id ? undefined : text;
}
