import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import type { Bootstrap } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { useSession } from '@/stores/session';

/** Each organization is an address of its own, so the other one can also be opened in a second tab. */
export function OrgSwitcher({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const navigate = useNavigate();
  const organizations = useSession((session) => session.organizations);
  const { name, id } = boot.organization;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('shell.switchOrganization', { name })}
          className="focus-inset flex h-10 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
        >
          <Avatar name={name} shape="organization" decorative />
          <span className="min-w-0 flex-1 truncate font-semibold text-dense">{name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuLabel>{t('shell.organizations')}</MenuLabel>
      {organizations.map((organization, index) => (
        <MenuItem
          key={organization.id}
          icon={<Avatar name={organization.name} shape="organization" size="sm" decorative />}
          kbd={index < 9 ? shownKeys(`o ${index + 1}`) : ''}
          hint={organization.role}
          onSelect={() => void navigate({ to: '/o/$slug', params: { slug: organization.slug } })}
        >
          {organization.name}
          {organization.id === id && (
            <Check aria-label={t('shell.current')} className="ml-1.5 inline size-3.5! text-accent-text" />
          )}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Plus />} onSelect={() => void navigate({ to: '/organizations/new' })}>
        {t('shell.newOrganization')}
      </MenuItem>
    </Menu>
  );
}
