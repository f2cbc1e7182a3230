import type { ScopeEntry } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';

/** What a scope allows; in the words of the server where there are no own ones. */
export function scopeText(t: Translate, { scope, description }: Pick<ScopeEntry, 'scope' | 'description'>) {
  return told(t, `roles.scope.${scope.replace(':', '.')}`) ?? description;
}

export function moduleName(t: Translate, module: string): string {
  return told(t, `roles.module.${module}`) ?? module;
}

/** Lingui gives the id back when it has no text for it. */
function told(t: Translate, id: string): string | undefined {
  const text = t(id);
  return text === id ? undefined : text;
}
