import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Person } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { everybodyOptions } from '@/queries/users';

export interface People {
  /** Everybody there is to choose from, oneself first. */
  all: readonly { id: string; name: string; email: string; picture?: string | undefined }[];
  me: string;
  name: (id: string | null | undefined) => string;
  /** Where the picture of somebody is who has one. */
  picture: (id: string | null | undefined) => string | undefined;
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
    const pictures = new Map((data ?? []).map(({ id, avatar }) => [id, avatar?.url]));
    const picture: People['picture'] = (id) => (id ? pictures.get(id) : undefined);
    const me = user
      ? [{ id: user.id, name: nameOf(user), email: user.email, picture: picture(user.id) }]
      : [];
    const others = (data ?? [])
      .filter(({ id }) => id !== user?.id)
      .map((person) => ({
        id: person.id,
        name: nameOf(person),
        email: person.email,
        picture: picture(person.id),
      }));
    const all = [...me, ...others];
    const names = new Map(all.map(({ id, name }) => [id, name]));
    const name: People['name'] = (id) =>
      id ? (names.get(id) ?? t('tickets.somebody')) : t('tickets.platform');
    return { all, me: user?.id ?? '', name, picture, known };
  }, [user, data, known, t]);
}
