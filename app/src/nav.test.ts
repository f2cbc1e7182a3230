import { messages as en } from 'virtual:texts/en';
import { messages as ne } from 'virtual:texts/ne';
import { describe, expect, it } from 'vitest';
import { scopeValues } from '@/api/schema';
import { entries, entryAt, visible } from './nav';
import { router } from './router';

describe('the registry of pages', () => {
  it('asks only for scopes that the API knows', () => {
    const unknown = entries.flatMap(({ scopes }) => scopes.filter((scope) => !scopeValues.includes(scope)));
    expect(unknown).toEqual([]);
  });

  it('has a page for every entry, and an entry for every page of an organization', () => {
    const prefix = '/o/$slug';
    const pages = Object.values(router.routesById).filter(({ fullPath }) => fullPath.startsWith(prefix));
    const paths = new Set(
      pages.map(({ fullPath }) => fullPath.slice(prefix.length).replace(/\/$/, '') || '/'),
    );
    expect(entries.filter(({ path }) => !paths.has(path)).map(({ id }) => id)).toEqual([]);
    const others = [prefix, `${prefix}/`, `${prefix}/$`];
    const unregistered = pages.filter(
      ({ fullPath, options }) => !others.includes(fullPath) && !options.staticData?.nav,
    );
    expect(unregistered.map(({ fullPath }) => fullPath)).toEqual([]);
  });

  it('keeps the shell of the organization around an address that is none', () => {
    for (const path of ['/o/himal/nowhere', '/o/himal/settings/nowhere', '/o/himal/tickets/a/b']) {
      const matched = router.getMatchedRoutes(path)[0].map(({ fullPath }) => fullPath);
      expect(matched).toEqual(['/', '/o/$slug', '/o/$slug/$']);
    }
    const known = router.getMatchedRoutes('/o/himal/settings/profile')[0];
    expect(known.at(-1)?.options.staticData?.nav).toBe('profile');
  });

  it('has names in both languages, and no id, path or shortcut twice', () => {
    for (const { label } of entries) {
      expect(en).toHaveProperty([label]);
      expect(ne).toHaveProperty([label]);
    }
    for (const field of ['id', 'path', 'keys'] as const) {
      const values = entries.map((entry) => entry[field]).filter((value) => value !== undefined);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('shows everything to who holds every scope, and finds the entry of a page below it', () => {
    const apps = entries.flatMap(({ app }) => app ?? []);
    expect(visible(scopeValues, apps)).toHaveLength(entries.length);
    expect(entryAt('/settings/profile/photo')?.id).toBe('profile');
    expect(entryAt('/settings/profiles')).toBeUndefined();
  });
});
