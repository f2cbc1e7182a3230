import { CircleAlert, CircleCheck, MailCheck } from 'lucide-react';
import type { InvitationRow } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { type Translate, useT } from '@/i18n/i18n';

export interface InviteResultsProps {
  results: readonly InvitationRow[];
  /** Back to the form with those that did not go out. */
  onAgain: (failed: readonly string[]) => void;
  onClose: () => void;
}

/** What became of each row. */
export function InviteResults({ results, onAgain, onClose }: InviteResultsProps) {
  const t = useT();
  const format = useFormat();
  const failed = results.filter(({ status }) => status >= 400);
  const sent = results.length - failed.length;
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-dense text-muted">
        {t('members.sentCount', { count: sent, shown: format.number(sent) })}
        {failed.length > 0 &&
          ` ${t('members.failedCount', { count: failed.length, shown: format.number(failed.length) })}`}
      </p>
      <ul aria-label={t('members.results')} className="divide-y divide-line border-line border-y text-dense">
        {results.map((row) => (
          <li key={row.email} className="flex items-start gap-2 py-2">
            <RowIcon status={row.status} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{row.email}</span>
              <span className={row.status >= 400 ? 'block text-danger' : 'block text-muted'}>
                {rowText(t, row)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        {failed.length > 0 && (
          <Button onClick={() => onAgain(failed.map(({ email }) => email))}>{t('members.correct')}</Button>
        )}
        <Button variant="primary" onClick={onClose}>
          {t('members.done')}
        </Button>
      </div>
    </div>
  );
}

function RowIcon({ status }: { status: number }) {
  const look = 'mt-0.5 size-4 shrink-0';
  if (status >= 400) return <CircleAlert aria-hidden="true" className={`${look} text-danger`} />;
  if (status === 200) return <MailCheck aria-hidden="true" className={`${look} text-info`} />;
  return <CircleCheck aria-hidden="true" className={`${look} text-success`} />;
}

/** Codes of a row are those of a problem, or of one input. */
function rowText(t: Translate, { status, code, detail }: InvitationRow): string {
  if (status === 201) return t('members.rowInvited');
  if (status === 200) return t('members.rowAgain');
  for (const family of ['problem', 'inputError']) {
    const id = `${family}.${code}`;
    const text = t(id, {});
    if (text !== id) return text;
  }
  return detail ?? t('problem.unexpected');
}
