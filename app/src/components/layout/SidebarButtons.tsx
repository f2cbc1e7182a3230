import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Bootstrap } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import { Avatar } from '@/components/ui/avatar';
import { useT } from '@/i18n/i18n';
import { useKnownPicture } from '@/queries/picture';
import { OrgMark } from './OrgMark';

const look =
  'focus-inset flex h-10 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover data-[state=open]:bg-hover';

type ButtonProps = ComponentProps<'button'> & { boot: Bootstrap };

/** The trigger of the organization menu; without the menu a placeholder of the same size. */
export function OrgButton({ boot, ...rest }: ButtonProps) {
  const t = useT();
  const { name } = boot.organization;
  return (
    <button type="button" aria-label={t('shell.switchOrganization', { name })} className={look} {...rest}>
      <OrgMark boot={boot} />
      <span className="min-w-0 flex-1 truncate font-semibold text-dense">{name}</span>
      <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </button>
  );
}

/** The trigger of the user menu. */
export function UserButton({ boot, ...rest }: ButtonProps) {
  const t = useT();
  const name = boot.user.displayName ?? boot.user.fullName;
  const picture = useKnownPicture(boot.user.id);
  return (
    <button type="button" aria-label={t('shell.userMenu', { name })} className={look} {...rest}>
      <Avatar name={name} src={picture} decorative />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-dense">{name}</span>
        <span className="block truncate text-meta text-muted">
          {boot.role.name && roleName(t, boot.role.name)}
        </span>
      </span>
    </button>
  );
}
