import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey, ScopeEntry } from '@/api/schema';
import { PropertyList } from '@/components/patterns/DetailLayout';
import { dialogProblem } from '@/components/patterns/tell';
import { scopeText } from '@/components/roles/scope-text';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useFormat } from '@/components/ui/preferences';
import { Sheet } from '@/components/ui/sheet';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useRevokeApiKey } from '@/queries/apiKeys';
import { useCan } from '@/queries/bootstrap';
import { KeyExpiry } from './KeyExpiry';

export interface KeySheetProps {
  apiKey: ApiKey;
  scopes: readonly ScopeEntry[];
  maker: string | undefined;
  onClose: () => void;
}

/** What a key may do, since when and until when. */
export function KeySheet({ apiKey, scopes, maker, onClose }: KeySheetProps) {
  const t = useT();
  const format = useFormat();
  const canRevoke = useCan('api_keys_revoke');
  const [revoking, setRevoking] = useState(false);
  const { name, prefix, createdAt, lastUsedAt } = apiKey;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={name}
      footer={
        canRevoke && (
          <Button variant="danger-quiet" icon={<Trash2 />} onClick={() => setRevoking(true)}>
            {t('apiKeys.revoke')}
          </Button>
        )
      }
    >
      <PropertyList
        items={[
          { id: 'key', label: t('apiKeys.key'), value: <code className="font-mono">{prefix}…</code> },
          { id: 'maker', label: t('apiKeys.maker'), value: maker ?? '–' },
          { id: 'created', label: t('apiKeys.created'), value: format.dateTime(createdAt) },
          {
            id: 'used',
            label: t('apiKeys.used'),
            value: lastUsedAt ? format.dateTime(lastUsedAt) : t('apiKeys.neverUsed'),
          },
          { id: 'expires', label: t('apiKeys.expires'), value: <KeyExpiry apiKey={apiKey} /> },
        ]}
      />
      <h3 className="mt-5 mb-1 font-medium text-dense">{t('apiKeys.scopes')}</h3>
      <ul className="divide-y divide-line border-line border-y text-dense">
        {apiKey.scopes.map((scope) => {
          const entry = scopes.find((candidate) => candidate.scope === scope);
          return (
            <li key={scope} className="flex flex-wrap justify-between gap-x-3 py-1.5">
              <span>{entry ? scopeText(t, entry) : scope}</span>
              {entry && <code className="font-mono text-meta text-muted">{scope}</code>}
            </li>
          );
        })}
      </ul>
      <p className="mt-3 text-meta text-muted">{t('apiKeys.bound')}</p>
      {revoking && <RevokeKey apiKey={apiKey} onClose={() => setRevoking(false)} onDone={onClose} />}
    </Sheet>
  );
}

function RevokeKey({ apiKey, onClose, onDone }: { apiKey: ApiKey; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const revoke = useRevokeApiKey();
  const confirm = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        toast({ title: t('apiKeys.revoked', { name: apiKey.name }), tone: 'success' });
        onDone();
      },
    });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('apiKeys.revokeTitle', { name: apiKey.name })}
      description={t('apiKeys.revokeText')}
      confirmLabel={t('apiKeys.revoke')}
      busy={revoke.isPending}
      error={dialogProblem(t, revoke.error)}
      onConfirm={confirm}
    />
  );
}
