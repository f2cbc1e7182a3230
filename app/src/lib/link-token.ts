/** The token of a mailed link, behind its `#`: browsers keep that part to themselves. */
export function linkToken(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? undefined;
}
