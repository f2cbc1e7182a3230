import { useQuery } from '@tanstack/react-query';
import type { Person } from '@/api/schema';
import { keys } from './keys';
import { useOrgId } from './org';

/** Where somebody's picture is, if a page has asked for the directory already. Nothing is fetched for it. */
export function useKnownPicture(id: string): string | undefined {
  const queryKey = keys.people.list(useOrgId(), { everybody: true });
  const { data } = useQuery<Person[]>({ queryKey, enabled: false, staleTime: Number.POSITIVE_INFINITY });
  return data?.find((person) => person.id === id)?.avatar?.url;
}
