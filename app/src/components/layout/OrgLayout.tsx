import { Outlet, useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Bootstrap } from '@/api/schema';
import { entry } from '@/nav';
import { useBootstrap } from '@/queries/bootstrap';
import { useFeed } from '@/queries/feed';
import { adoptAccount } from './account-preferences';
import { AppMissingPage, ForbiddenPage, PagePending } from './PageStates';
import { Shell } from './Shell';

/** The shell, and the guard of every page in it. Rights that change while one looks change the page as well. */
export function OrgLayout() {
  const boot = useBootstrap();
  return boot ? <Inside boot={boot} /> : <PagePending />;
}

function Inside({ boot }: { boot: Bootstrap }) {
  useFeed(boot);
  useEffect(() => adoptAccount(boot.user), [boot.user]);
  return (
    <Shell boot={boot}>
      <Guarded boot={boot} />
    </Shell>
  );
}

function Guarded({ boot }: { boot: Bootstrap }) {
  const id = useMatches({
    select: (matches) => matches.findLast(({ staticData }) => staticData.nav)?.staticData.nav,
  });
  if (!id) return <Outlet />;
  const { scopes, app } = entry(id);
  if (app !== undefined && !boot.apps.includes(app)) return <AppMissingPage app={app} />;
  const missing = scopes.filter((scope) => !boot.scopes.includes(scope));
  return missing.length > 0 ? <ForbiddenPage missing={missing} /> : <Outlet />;
}
