import type { Role, ScopeEntry } from '@/api/schema';
import type { Translate } from '@/i18n/i18n';

const BUILT_IN = ['Owner', 'Admin', 'Member', 'Guest'];

/** The four built-in roles in the reader's language; others are called what somebody called them. */
export function roleName(t: Translate, name: string): string {
  return BUILT_IN.includes(name) ? t(`roles.builtIn.${name}`) : name;
}

/** The built-in roles describe themselves in English. */
export function roleAbout(t: Translate, role: Pick<Role, 'name' | 'description' | 'isSystem'>): string {
  return role.isSystem ? t(`roles.builtInAbout.${role.name}`) : role.description;
}

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
