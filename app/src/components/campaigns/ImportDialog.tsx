import { FileUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { ImportContact } from '@/api/schema';
import { dialogProblem } from '@/components/patterns/tell';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { Textarea } from '@/components/ui/textarea';
import { useT } from '@/i18n/i18n';
import { ImportResults } from './ImportResults';
import { importRows } from './import-rows';
import { type ImportOutcomes, useImport } from './use-import';

/** People for a list, by a file or by pasting: what was understood, then what became of each. */
export function ImportDialog({ list, onClose }: { list: string; onClose: () => void }) {
  const t = useT();
  const [results, setResults] = useState<ImportOutcomes | null>(null);
  return (
    <Dialog
      open
      sticky
      onOpenChange={onClose}
      title={results ? t('campaigns.importDone') : t('campaigns.importTitle')}
      description={results ? undefined : t('campaigns.importAbout')}
    >
      {results ? (
        <ImportResults results={results} onClose={onClose} />
      ) : (
        <ImportForm list={list} onDone={setResults} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  list: string;
  onDone: (results: ImportOutcomes) => void;
  onClose: () => void;
}

function ImportForm({ list, onDone, onClose }: FormProps) {
  const t = useT();
  const format = useFormat();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const rows = useMemo(() => importRows(text), [text]);
  const { run, running, done, error, begin } = useImport(list);
  const change = (next: string) => {
    setText(next);
    begin();
  };
  const send = () => {
    setTried(true);
    if (rows.length === 0 || running) return;
    // The problem is shown below; what was taken stays taken.
    run(rows).then(onDone, () => undefined);
  };
  const problem = dialogProblem(t, error);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={t('campaigns.people')}
        hint={t('campaigns.peopleHint')}
        error={tried && rows.length === 0 ? t('campaigns.peopleNeeded') : undefined}
        aside={<ChooseFile disabled={running} onText={change} />}
      >
        <Textarea
          rows={6}
          grow={false}
          spellCheck={false}
          autoComplete="off"
          value={text}
          disabled={running}
          placeholder={'email, first_name, last_name\nasha@example.com, Asha, Rai'}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </Field>
      {rows.length > 0 && <Understood rows={rows} />}
      {running && (
        <Progress
          label={t('campaigns.importing')}
          value={done}
          max={rows.length}
          valueText={t('campaigns.nOfM', { sent: format.number(done), all: format.number(rows.length) })}
        />
      )}
      {problem && (
        <Callout alert tone="danger">
          {problem}
          {done > 0 && ` ${t('campaigns.importPart', { count: done, shown: format.number(done) })}`}
        </Callout>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={running}>
          {rows.length > 0
            ? t('campaigns.importMany', { count: rows.length, shown: format.number(rows.length) })
            : t('campaigns.import')}
        </Button>
      </div>
    </form>
  );
}

function ChooseFile({ disabled, onText }: { disabled: boolean; onText: (text: string) => void }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        aria-label={t('campaigns.chooseFile')}
        onChange={({ target }) => {
          void target.files?.[0]?.text().then(onText);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
      <Button
        size="sm"
        variant="ghost"
        icon={<FileUp />}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {t('campaigns.chooseFile')}
      </Button>
    </>
  );
}

const SHOWN = 3;

/** The first rows as they were read: whether names stand where names belong. */
function Understood({ rows }: { rows: readonly ImportContact[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="text-meta text-muted">
      <p role="status" className="num">
        {t('campaigns.rowsFound', { count: rows.length, shown: format.number(rows.length) })}
      </p>
      <ul className="mt-1 divide-y divide-line border-line border-y">
        {rows.slice(0, SHOWN).map(({ email, firstName, lastName }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <li key={index} className="flex gap-3 py-1">
            <span className="min-w-0 flex-1 truncate text-text">{email || '–'}</span>
            <span className="min-w-0 flex-1 truncate">
              {[firstName, lastName].filter(Boolean).join(' ') || t('campaigns.noName')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
