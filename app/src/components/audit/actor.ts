import type { AuditEntry } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';

/** Who did it: a person, a key in somebody's name, the system, or nobody who is known. */
export function actorText(
  t: Translate,
  { actor, actorName }: Pick<AuditEntry, 'actor' | 'actorName'>,
  names: ReadonlyMap<string, string>,
): string {
  const name = actorName ?? (actor.userId ? names.get(actor.userId) : undefined);
  if (actor.kind === 'api_key') return t('audit.byKey', { name: name ?? t('audit.unknown') });
  if (name) return name;
  if (actor.kind === 'system') return t('audit.system');
  return actor.kind === 'anonymous' ? t('audit.anonymous') : t('audit.unknown');
}
