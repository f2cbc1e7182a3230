import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CampaignAudience } from '@/api/schema';
import { roleName } from '@/components/roles/role-text';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { contactListsOptions } from '@/queries/contactLists';
import { useOrgId } from '@/queries/org';
import { rolesOptions } from '@/queries/roles';

/** Who gets a campaign, in words. */
export function useAudienceText(): (audience: CampaignAudience) => string {
  const t = useT();
  const org = useOrgId();
  const { data: lists } = useQuery(contactListsOptions(org));
  const { data: roles } = useQuery({ ...rolesOptions(org), enabled: useCan('roles_list') });
  return useCallback(
    ({ kind, listId, roleId }) => {
      if (kind === 'list') return lists?.find(({ id }) => id === listId)?.name ?? t('campaigns.aList');
      if (!roleId) return t('campaigns.allMembers');
      const role = roles?.find(({ id }) => id === roleId);
      return role ? t('campaigns.membersOf', { role: roleName(t, role.name) }) : t('campaigns.membersOfRole');
    },
    [t, lists, roles],
  );
}
