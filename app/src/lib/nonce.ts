import { getNonce, setNonce } from 'get-nonce';

/** Hands the page's style nonce to every library that adds style tags. Call once, before the first render. */
export function applyStyleNonce(root: Document = document): void {
  const nonce = root.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  if (nonce) setNonce(nonce);
}

/** For parts that take the nonce as a prop, such as the viewport of a select. */
export function styleNonce(): string | undefined {
  return getNonce();
}
