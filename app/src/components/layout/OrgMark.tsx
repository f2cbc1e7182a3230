import { useQuery } from '@tanstack/react-query';
import type { Bootstrap } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { accentFill } from '@/lib/accent';
import { useCan } from '@/queries/bootstrap';
import { settingsOptions } from '@/queries/settings';

/** The organization one is in, in its own colour: two tabs in two organizations are told apart by it. */
export function OrgMark({ boot, size }: { boot: Bootstrap; size?: 'sm' | 'md' }) {
  const { id, name } = boot.organization;
  const mayRead = useCan('settings_get');
  const settings = useQuery({ ...settingsOptions(id), enabled: mayRead, throwOnError: false }).data;
  const fill = settings && accentFill(settings.accentColor);
  return <Avatar name={name} fill={fill} shape="organization" decorative {...(size && { size })} />;
}
