import { useState } from 'react';
import type { NewApiKey } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { useT } from '@/i18n/i18n';

/** The secret is on the screen once; closing takes a word that it was kept. */
export function KeySecret({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const t = useT();
  const [kept, setKept] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warning" title={t('apiKeys.onceTitle')}>
        {t('apiKeys.onceText')}
      </Callout>
      <div className="flex flex-wrap items-center gap-2 rounded-control border border-line bg-sunken px-3 py-2">
        <code className="min-w-0 flex-1 basis-60 select-all break-all font-mono text-dense">{made.key}</code>
        <CopyButton wide text={made.key} label={t('apiKeys.copyKey')} />
      </div>
      <div>
        <p className="mb-1 text-dense text-muted">{t('apiKeys.useIt')}</p>
        <code className="block overflow-x-auto rounded-control border border-line bg-sunken px-3 py-2 font-mono text-meta">
          Authorization: Bearer {made.prefix}…
        </code>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Checkbox checked={kept} onCheckedChange={setKept} label={t('apiKeys.kept')} />
        <Button variant="primary" disabled={!kept} onClick={onClose}>
          {t('apiKeys.finish')}
        </Button>
      </div>
    </div>
  );
}
