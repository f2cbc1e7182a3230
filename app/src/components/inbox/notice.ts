import type { Notification } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import type { Translate } from '@/i18n/i18n';

/** A fact of a notification's data; they are documented as ids and short texts. */
export function factOf({ data }: Pick<Notification, 'data'>, name: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fact: unknown = Object.entries(data).find(([key]) => key === name)?.[1];
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : undefined;
}

/** What happened, in one sentence. `actor` is the name of who caused it. */
export function noticeText(t: Translate, notification: Notification, actor: string): string {
  const role = factOf(notification, 'role');
  const owner = factOf(notification, 'new_owner');
  const number = factOf(notification, 'number') ?? '';
  const customer = factOf(notification, 'customer') ?? '';
  switch (notification.type) {
    case 'ticket_assigned':
      return t('inbox.assigned', { actor });
    case 'ticket_mentioned':
      return t('inbox.mentioned', { actor });
    case 'ticket_commented':
      return t('inbox.commented', { actor });
    case 'invoice_sending_failed':
      return t('inbox.invoiceUnsent', { number, customer });
    case 'invoice_schedule_stopped':
      return t('inbox.scheduleStopped', { customer });
    case 'invoice_payment_claimed':
      return t('inbox.invoiceClaimed', { number, customer });
    case 'member_role_changed':
      return role ? t('inbox.roleIs', { actor, role: roleName(t, role) }) : t('inbox.roleChanged', { actor });
    case 'ownership_transferred':
      return owner ? t('inbox.ownerIs', { owner }) : t('inbox.ownerChanged');
    default:
      return t('inbox.somethingNew', { actor });
  }
}

/** Where it leads, below the organization's address. */
export function pathOf({ subject }: Pick<Notification, 'subject'>): string | undefined {
  if (subject.type === 'ticket') return `/tickets/${subject.id}`;
  if (subject.type === 'invoice') return `/invoices/${subject.id}`;
  if (subject.type === 'invoice_schedule') return `/invoices/recurring/${subject.id}`;
  if (subject.type === 'member') return '/settings/members';
  return undefined;
}
