import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Person } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { everybodyOptions } from '@/queries/users';

export interface People {
  /** Everybody there is to choose from, oneself first. */
  all: readonly { id: string; name: string; email: string }[];
  me: string;
  name: (id: string | null | undefined) => string;
  /** Guests do not see who else is there. */
  known: boolean;
}

const nameOf = ({ displayName, fullName }: Pick<Person, 'fullName'> & { displayName?: string | null }) =>
  displayName || fullName;

/** The names behind the ids. */
export function usePeople(): People {
  const t = useT();
  const user = useBootstrap()?.user;
  const known = useCan('users_list');
  const { data } = useQuery({ ...everybodyOptions(useOrgId()), enabled: known });
  return useMemo(() => {
    const me = user ? [{ id: user.id, name: nameOf(user), email: user.email }] : [];
    const others = (data ?? [])
      .filter(({ id }) => id !== user?.id)
      .map((person) => ({ id: person.id, name: nameOf(person), email: person.email }));
    const all = [...me, ...others];
    const names = new Map(all.map(({ id, name }) => [id, name]));
    const name: People['name'] = (id) =>
      id ? (names.get(id) ?? t('tickets.somebody')) : t('tickets.platform');
    return { all, me: user?.id ?? '', name, known };
  }, [user, data, known, t]);
}
