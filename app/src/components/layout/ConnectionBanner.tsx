import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/i18n/i18n';

const PATIENCE_MS = 3000;

/** Offline for more than a moment. Short gaps are nobody's business. */
export function ConnectionBanner() {
  const t = useT();
  const offline = useOffline();
  return (
    <div role="status">
      {offline && (
        <p className="flex min-h-8 items-center justify-center gap-2 bg-warning-soft px-4 py-1 text-dense">
          <WifiOff aria-hidden="true" className="size-4 shrink-0 text-warning" />
          {t('shell.offline')}
        </p>
      )}
    </div>
  );
}

function useOffline(): boolean {
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lost = () => {
      timer = setTimeout(() => setOffline(true), PATIENCE_MS);
    };
    const back = () => {
      clearTimeout(timer);
      setOffline(false);
    };
    if (!navigator.onLine) lost();
    window.addEventListener('offline', lost);
    window.addEventListener('online', back);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', back);
    };
  }, []);
  return offline;
}
