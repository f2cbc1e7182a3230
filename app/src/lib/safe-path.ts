/** A path of this app, never another site's. */
export type SafePath = `/${string}`;

/** Whatever stands in `next`: a path of this origin, or the start page. */
export function safePath(text: unknown): SafePath {
  if (typeof text !== 'string' || !text.startsWith('/')) return '/';
  try {
    const url = new URL(text, location.origin);
    // `//host` and `/\host` are addresses of other hosts.
    return url.origin === location.origin
      ? `/${`${url.pathname}${url.search}${url.hash}`.replace(/^\/+/, '')}`
      : '/';
  } catch {
    return '/';
  }
}
