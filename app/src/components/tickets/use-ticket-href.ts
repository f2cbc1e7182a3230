import { useCallback } from 'react';
import { useSession } from '@/stores/session';

/** The address of a ticket in the organization of this tab. */
export function useTicketHref(): (id: string) => string {
  const slug = useSession((session) => session.organization?.slug ?? '');
  return useCallback((id) => `/o/${slug}/tickets/${id}`, [slug]);
}
