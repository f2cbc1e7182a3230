import { Outlet, useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '@/i18n/i18n';
import { entry } from '@/nav';

/** The tab's title follows the page: who reads with his ears hears where he is. */
function useTitle(): void {
  const t = useT();
  const titles = useMatches({
    select: (matches) =>
      matches.map(({ staticData }) => staticData.title ?? (staticData.nav && entry(staticData.nav).label)),
  });
  const id = titles.findLast((title) => title !== undefined);
  const title = id ? `${t(id)} · Mero Jugx` : 'Mero Jugx';
  useEffect(() => {
    document.title = title;
  }, [title]);
}

export function RootLayout() {
  useTitle();
  return <Outlet />;
}
