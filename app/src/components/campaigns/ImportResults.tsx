import { CircleAlert, CircleCheck, Download, Info } from 'lucide-react';
import type { ImportedContact } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { useFormat } from '@/components/ui/preferences';
import { type Translate, useT } from '@/i18n/i18n';
import { downloadText, toCsv } from '@/lib/csv';
import type { ImportOutcomes } from './use-import';

/** What became of the rows; of those that were not taken, each by itself. */
export function ImportResults(props: { results: ImportOutcomes; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { added, known, refused } = props.results;
  const shown = (count: number) => ({ count, shown: format.number(count) });
  const look = 'flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0';
  return (
    <div className="flex flex-col gap-4">
      <ul role="status" className="num flex flex-col gap-1 text-dense">
        <li className={look}>
          <CircleCheck aria-hidden="true" className="text-success" />
          {t('campaigns.nAdded', shown(added))}
        </li>
        {known > 0 && (
          <li className={look}>
            <Info aria-hidden="true" className="text-info" />
            {t('campaigns.nKnown', shown(known))}
          </li>
        )}
        {refused.length > 0 && (
          <li className={look}>
            <CircleAlert aria-hidden="true" className="text-danger" />
            {t('campaigns.nRefused', shown(refused.length))}
          </li>
        )}
      </ul>
      {refused.length > 0 && <Refused rows={refused} />}
      <div className="flex flex-wrap justify-end gap-2">
        {refused.length > 0 && (
          <Button icon={<Download />} onClick={() => save(t, refused)}>
            {t('campaigns.refusedSave')}
          </Button>
        )}
        <Button variant="primary" onClick={props.onClose}>
          {t('campaigns.done')}
        </Button>
      </div>
    </div>
  );
}

/** The server names the field first, then what is wrong with it, in its own language. */
function faultOf(t: Translate, { detail }: ImportedContact): string {
  if (detail?.startsWith('email')) return t('campaigns.rowNoAddress');
  return detail && /^(first|last)Name/.test(detail) ? t('campaigns.rowNameWrong') : (detail ?? '');
}

function save(t: Translate, rows: readonly ImportedContact[]) {
  const lines = rows.map((row) => [row.email, faultOf(t, row)]);
  downloadText('refused.csv', toCsv([['email', 'reason'], ...lines]));
}

const SHOWN = 100;

function Refused({ rows }: { rows: readonly ImportedContact[] }) {
  const t = useT();
  return (
    <ul
      aria-label={t('campaigns.refusedRows')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
      tabIndex={0}
      className="max-h-60 divide-y divide-line overflow-y-auto border-line border-y text-dense"
    >
      {rows.slice(0, SHOWN).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <li key={index} className="py-1.5">
          <span className="block truncate font-medium">{row.email || '–'}</span>
          <span className="block break-words text-danger">{faultOf(t, row)}</span>
        </li>
      ))}
    </ul>
  );
}
