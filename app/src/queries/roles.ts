import { queryOptions } from '@tanstack/react-query';
import type { Role } from '@/api/schema';
import type { Body } from '@/api/types';
import { roles } from '@/services/roles';
import { keys } from './keys';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** All of them: they are few, and menus show every one. */
export const rolesOptions = (org: string) =>
  queryOptions({
    queryKey: keys.roles.list(org, {}),
    queryFn: ({ signal }) => everyRow((cursor) => roles.list({ cursor, limit: 100 }, signal)),
  });

export const scopesOptions = (org: string) =>
  queryOptions({
    queryKey: keys.scopes(org),
    queryFn: ({ signal }) => everyRow((cursor) => roles.scopes({ cursor, limit: 100 }, signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });

const stale = (org: string) => [keys.roles.all(org), keys.members.all(org), keys.bootstrap(org)];

const create: WriteDefinition<Body<'roles_create'>, Role> = {
  family: 'roles',
  run: (body, { key }) => roles.create(body, { key }),
  stale,
  replayable: true,
};
export const useCreateRole = () => useWrite(create);

type Update = { id: string; change: Body<'roles_update'>; version: number };

const update: WriteDefinition<Update, Role> = {
  family: 'roles',
  entity: ({ id }) => `role:${id}`,
  run: ({ id, change, version }) => roles.update(id, change, { version }),
  stale,
};
export const useUpdateRole = () => useWrite(update);

const remove: WriteDefinition<{ id: string; version: number }, void> = {
  family: 'roles',
  run: ({ id, version }) => roles.remove(id, { version }),
  stale,
};
export const useDeleteRole = () => useWrite(remove);
