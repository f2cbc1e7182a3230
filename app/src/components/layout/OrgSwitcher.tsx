import { useNavigate } from '@tanstack/react-router';
import { Check, Plus } from 'lucide-react';
import type { Bootstrap } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { useSession } from '@/stores/session';
import { OrgMark } from './OrgMark';
import { OrgButton } from './SidebarButtons';

/** Each organization is an address of its own, so the other one can also be opened in a second tab. */
export function OrgSwitcher({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const navigate = useNavigate();
  const organizations = useSession((session) => session.organizations);
  const { id } = boot.organization;
  return (
    <Menu trigger={<OrgButton boot={boot} />}>
      <MenuLabel>{t('shell.organizations')}</MenuLabel>
      {organizations.map((organization, index) => (
        <MenuItem
          key={organization.id}
          icon={
            organization.id === id ? (
              <OrgMark boot={boot} size="sm" />
            ) : (
              <Avatar name={organization.name} shape="organization" size="sm" decorative />
            )
          }
          kbd={index < 9 ? shownKeys(`o ${index + 1}`) : ''}
          hint={roleName(t, organization.role)}
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
