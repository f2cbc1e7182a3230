import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { useT } from '@/i18n/i18n';
import { saveFile } from '@/lib/download';

export interface RecoveryCodesProps {
  codes: readonly string[];
  onKept: () => void;
}

/** Shown this once. Going on takes the word of the person that they are kept. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useT();
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  const download = () =>
    saveFile(new Blob([`Mero Jugx\n\n${text}\n`], { type: 'text/plain' }), 'mero-jugx-recovery-codes.txt');
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col gap-1.5 rounded-control border border-line bg-sunken p-4 font-mono text-dense">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex gap-2">
        <CopyButton wide text={text} label={t('auth.copyCodes')} />
        <Button size="sm" icon={<Download />} onClick={download}>
          {t('auth.downloadCodes')}
        </Button>
      </div>
      <Checkbox checked={kept} onCheckedChange={setKept} label={t('auth.codesKept')} />
      <Button variant="primary" size="lg" block disabled={!kept} onClick={onKept}>
        {t('auth.continue')}
      </Button>
    </div>
  );
}
