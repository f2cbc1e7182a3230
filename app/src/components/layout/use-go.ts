import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { NavEntry } from '@/nav';
import { useSession } from '@/stores/session';

/** The address of an entry in the organization of this tab. */
export function useHref(): (entry: Pick<NavEntry, 'path'>) => string {
  const slug = useSession((session) => session.organization?.slug ?? '');
  return useCallback((entry) => `/o/${slug}${entry.path}`, [slug]);
}

export function useGo(): (entry: Pick<NavEntry, 'path'>) => void {
  const navigate = useNavigate();
  const href = useHref();
  return useCallback((entry) => void navigate({ href: href(entry) }), [navigate, href]);
}
