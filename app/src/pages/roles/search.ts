import type { SearchSchemaInput } from '@tanstack/react-router';

export interface RolesSearch {
  role?: string;
}

export function rolesSearch({ role }: { role?: unknown } & SearchSchemaInput): RolesSearch {
  return typeof role === 'string' && role !== '' ? { role } : {};
}
