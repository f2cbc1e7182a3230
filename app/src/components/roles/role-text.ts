import type { Role } from '@/api/schema';
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
