import { clsx } from 'clsx';
import type { Role } from '@/api/schema';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { roleName } from './role-text';

export interface RoleListProps {
  roles: readonly Role[];
  current: string | undefined;
  onPick: (id: string) => void;
}

/** The roles, highest first, with how many people have each. A row that scrolls on a phone. */
export function RoleList({ roles, current, onPick }: RoleListProps) {
  const t = useT();
  const format = useFormat();
  return (
    <nav aria-label={t('roles.title')} className="shrink-0 lg:w-56">
      <ul className="relative -mx-1 flex gap-1 overflow-x-auto p-1 lg:flex-col lg:gap-px lg:overflow-visible">
        {roles.map((role) => (
          <li key={role.id} className="shrink-0">
            <button
              type="button"
              aria-current={role.id === current ? 'true' : undefined}
              onClick={() => onPick(role.id)}
              className={clsx(
                'flex h-control w-full items-center gap-2 rounded-control px-2 text-left text-dense',
                role.id === current
                  ? 'bg-hover font-medium text-text'
                  : 'text-muted hover:bg-hover hover:text-text',
              )}
            >
              <span className="min-w-0 flex-1 truncate">{roleName(t, role.name)}</span>
              <span className="num text-meta text-muted">
                <span aria-hidden="true">{format.number(role.memberCount)}</span>
                <span className="sr-only">
                  {t('roles.people', { count: role.memberCount, shown: format.number(role.memberCount) })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
