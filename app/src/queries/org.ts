import { useSession } from '@/stores/session';

/** The organization of this tab. Only below the organization's layout, where there is one. */
export function useOrgId(): string {
  return useSession((session) => session.organization?.id ?? '');
}
