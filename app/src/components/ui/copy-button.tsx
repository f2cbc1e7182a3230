import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/i18n/i18n';
import { Button } from './button';
import { IconButton } from './icon-button';

export interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy request id". */
  label: string;
  /** Shows the label beside the icon. */
  wide?: boolean;
}

export function CopyButton({ text, label, wide = false }: CopyButtonProps) {
  const t = useT();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  const said = { idle: label, copied: t('patterns.copied'), failed: t('patterns.copyFailed') }[state];
  const icon = state === 'copied' ? <Check className="text-success" /> : <Copy />;
  return (
    <>
      {wide ? (
        <Button size="sm" icon={icon} onClick={copy}>
          {said}
        </Button>
      ) : (
        <IconButton size="sm" label={label} icon={icon} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : said}
      </span>
    </>
  );
}
