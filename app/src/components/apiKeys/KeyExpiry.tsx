import type { ApiKey } from '@/api/schema';
import { Badge } from '@/components/ui/badge';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';
import { keyState } from './expiry';

/** Until when, and whether that is soon or past. */
export function KeyExpiry({ apiKey: { expiresAt } }: { apiKey: ApiKey }) {
  const t = useT();
  const format = useFormat();
  if (!expiresAt) return <span className="text-muted">{t('apiKeys.never')}</span>;
  const state = keyState(expiresAt);
  return (
    <span className="num flex items-center gap-1.5">
      <span className="text-muted">{format.date(expiresAt)}</span>
      {state === 'expired' && <Badge tone="danger">{t('apiKeys.expired')}</Badge>}
      {state === 'soon' && <Badge tone="warning">{t('apiKeys.soon')}</Badge>}
    </span>
  );
}
