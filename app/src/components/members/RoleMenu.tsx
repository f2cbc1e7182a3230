import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Role } from '@/api/schema';
import { roleAbout, roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';

export interface RoleMenuProps {
  roles: readonly Role[];
  /** The role held now. */
  current?: string;
  gives: (role: Role) => boolean;
  /** What the button says; the name of the role by default. */
  children: ReactNode;
  label: string;
  onPick: (role: Role) => Promise<void> | void;
}

/** Which role? Those above one's own are shown and say why they cannot be given. */
export function RoleMenu({ roles, current, gives, children, label, onPick }: RoleMenuProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const pick = async (role: Role) => {
    setBusy(true);
    try {
      await onPick(role);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      trigger={
        <Button size="sm" variant="ghost" busy={busy} aria-label={label} className="max-w-full">
          <span className="truncate">{children}</span>
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {roles.map((role) => (
        <MenuItem
          key={role.id}
          disabled={role.id === current || !gives(role)}
          hint={hint(role)}
          onSelect={() => void pick(role)}
        >
          {roleName(t, role.name)}
        </MenuItem>
      ))}
    </Menu>
  );

  function hint(role: Role): string {
    if (role.id === current) return t('members.currentRole');
    return gives(role) ? roleAbout(t, role) : t('members.aboveYours');
  }
}
