import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { useT } from '@/i18n/i18n';
import { usePrompts } from '@/stores/prompts';

/** After a deploy the chunks of this page are gone. It asks; a reload by itself could lose what somebody typed. */
export function NewVersion() {
  const t = useT();
  const shown = usePrompts((prompts) => prompts.newVersion);
  if (!shown) return null;
  return (
    <div className="fixed inset-x-4 bottom-16 z-50 mx-auto max-w-130 rounded-control bg-surface shadow-float md:bottom-4">
      <Callout
        alert
        tone="info"
        title={t('shell.newVersionTitle')}
        actions={
          <Button size="sm" variant="primary" onClick={() => location.reload()}>
            {t('shell.reload')}
          </Button>
        }
      >
        {t('shell.newVersionText')}
      </Callout>
    </div>
  );
}
