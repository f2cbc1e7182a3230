import { infiniteQueryOptions } from '@tanstack/react-query';
import { sessions } from '@/services/sessions';
import { keys } from './keys';
import { byCursor } from './pages';
import { useWrite, type WriteDefinition } from './write';

export const sessionListOptions = () =>
  infiniteQueryOptions({
    queryKey: keys.me.sessions,
    queryFn: ({ pageParam, signal }) => sessions.list({ cursor: pageParam }, signal),
    ...byCursor,
  });

const revoke: WriteDefinition<string, void> = {
  family: 'sessions',
  run: (id) => sessions.revoke(id),
  stale: () => [keys.me.sessions],
};
export const useRevokeSession = () => useWrite(revoke);

const revokeOthers: WriteDefinition<void, void> = {
  family: 'sessions',
  run: (_, { key }) => sessions.revokeOthers({ key }),
  stale: () => [keys.me.sessions],
  replayable: true,
};
export const useRevokeOtherSessions = () => useWrite(revokeOthers);
