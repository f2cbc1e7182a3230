import { infiniteQueryOptions } from '@tanstack/react-query';
import type { NewApiKey } from '@/api/schema';
import type { Body } from '@/api/types';
import { apiKeys } from '@/services/apiKeys';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export const apiKeyListOptions = (org: string) =>
  infiniteQueryOptions({
    queryKey: keys.apiKeys.list(org, {}),
    queryFn: ({ pageParam, signal }) => apiKeys.list({ cursor: pageParam }, signal),
    ...byCursor,
  });

const stale = (org: string) => [keys.apiKeys.all(org)];

const create: WriteDefinition<Body<'api_keys_create'>, NewApiKey> = {
  family: 'apiKeys',
  run: (body, { key }) => apiKeys.create(body, { key }),
  stale,
  secret: true,
};
export const useCreateApiKey = () => useWrite(create);

const revoke: WriteDefinition<string, void> = { family: 'apiKeys', run: (id) => apiKeys.revoke(id), stale };
export const useRevokeApiKey = () => useWrite(revoke);
