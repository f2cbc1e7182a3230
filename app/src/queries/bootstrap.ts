import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Operation, ops } from '@/api/ops';
import type { Bootstrap, Scope } from '@/api/schema';
import { bootstrap } from '@/services/bootstrap';
import { keys } from './keys';
import { useOrgId } from './org';

export const bootstrapOptions = (org: string) =>
  queryOptions({
    queryKey: keys.bootstrap(org),
    queryFn: ({ signal }) => bootstrap.get(signal),
    staleTime: 60_000,
  });

/** Who I am, where, and what I may do. There from the first paint of the shell on. */
export function useBootstrap(): Bootstrap | undefined {
  return useQuery(bootstrapOptions(useOrgId())).data;
}

/** Does one hold every scope of the list? */
export function holds(scopes: readonly Scope[], held: readonly Scope[]): boolean {
  return scopes.every((scope) => held.includes(scope));
}

/** The scopes that one lacks for an operation. */
export function lacking(operation: Operation, held: readonly Scope[]): Scope[] {
  const needed = ops[operation];
  return needed === 'public' ? [] : needed.filter((scope) => !held.includes(scope));
}

/** May the signed-in person call this operation? A convenience of the screen; the server judges. */
export function useCan(operation: Operation): boolean {
  return lacking(operation, useBootstrap()?.scopes ?? []).length === 0;
}

/** The same for any operation, for lists of actions. */
export function useCanAny(): (operation: Operation) => boolean {
  const held = useBootstrap()?.scopes;
  return useCallback((operation) => lacking(operation, held ?? []).length === 0, [held]);
}

/** Rights or apps changed: the sidebar and every `useCan` follow. */
export function useRefreshRights(): () => void {
  const client = useQueryClient();
  const org = useOrgId();
  return useCallback(() => void client.invalidateQueries({ queryKey: keys.bootstrap(org) }), [client, org]);
}
