import { CircleAlert, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useT } from '@/i18n/i18n';
import { type HeadingLevel, StateTitle } from './StateTitle';

export interface ErrorStateProps {
  /** As of an empty state. */
  level?: HeadingLevel;
  title?: ReactNode;
  description?: ReactNode;
  /** From the problem answer: what support asks for. */
  requestId?: string | null | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
}

export function ErrorState(props: ErrorStateProps) {
  const { level = 2, title, description, requestId, onRetry, retrying = false } = props;
  const t = useT();
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 stroke-[1.5] text-danger" />
      <StateTitle level={level}>{title ?? t('patterns.errorTitle')}</StateTitle>
      <p className="max-w-100 text-balance text-dense text-muted">
        {description ?? t('patterns.errorDescription')}
      </p>
      {onRetry && (
        <Button className="mt-3" onClick={onRetry} busy={retrying}>
          {t('patterns.retry')}
        </Button>
      )}
      {requestId && (
        <p className="mt-3 flex max-w-full items-center gap-1 text-meta text-muted">
          <span className="min-w-0 truncate">
            {t('patterns.requestId')} <code className="font-mono">{requestId}</code>
          </span>
          <CopyButton text={requestId} label={t('patterns.copyRequestId')} />
        </p>
      )}
    </div>
  );
}

export interface ForbiddenProps {
  /** As of an empty state: it mostly is the page. */
  level?: HeadingLevel;
  /** The missing permission in words. */
  permission: ReactNode;
  /** Who can grant it: names or roles. */
  grantedBy?: ReactNode;
  action?: ReactNode;
}

export function Forbidden({ level = 1, permission, grantedBy, action }: ForbiddenProps) {
  const t = useT();
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      <Lock aria-hidden="true" className="mb-2 size-6 stroke-[1.5] text-edge" />
      <StateTitle level={level}>{t('patterns.forbiddenTitle')}</StateTitle>
      <p className="max-w-100 text-balance text-dense text-muted">
        {t('patterns.forbiddenNeeds')} <strong className="font-medium text-text">{permission}</strong>
      </p>
      {grantedBy && (
        <p className="max-w-100 text-dense text-muted">
          {t('patterns.forbiddenAsk')} {grantedBy}
        </p>
      )}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
