import { clsx } from 'clsx';

/**
 * HTML the server rendered and sanitised (fields documented so in the API). The only place that hands HTML to the
 * browser: never give it text from anywhere else.
 */
export function ServerHtml({ html, className }: { html: string; className?: string }) {
  return (
    <div
      className={clsx('prose text-body', className)}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server, see above
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
