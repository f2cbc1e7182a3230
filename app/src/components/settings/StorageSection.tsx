import { useQuery } from '@tanstack/react-query';
import { QueryStates } from '@/components/patterns/QueryStates';
import { useFormat } from '@/components/ui/preferences';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { usageOptions } from '@/queries/files';
import { useOrgId } from '@/queries/org';

/** From here on the end is near enough to be told. */
const NEARLY_FULL = 0.8;

/** How much room the files of the organization take, of how much there is. */
export function StorageSection() {
  const t = useT();
  const format = useFormat();
  const usage = useQuery(usageOptions(useOrgId()));
  if (!usage.data) {
    return (
      <QueryStates query={usage} skeleton={<Skeleton className="h-8 w-full" />}>
        {null}
      </QueryStates>
    );
  }
  const { bytes, allowedBytes, files } = usage.data;
  const share = allowedBytes === 0 ? 1 : bytes / allowedBytes;
  const used = t('orgSettings.storageUsed', {
    used: format.bytes(bytes),
    allowed: format.bytes(allowedBytes),
  });
  return (
    <div className="flex max-w-120 flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-dense">
        <span className="num font-medium">{used}</span>
        <span className="num text-muted">
          {t('orgSettings.storageFiles', { count: files, shown: format.number(files) })}
        </span>
      </div>
      <Progress
        label={t('orgSettings.storage')}
        value={bytes}
        max={allowedBytes}
        valueText={used}
        tone={share >= 1 ? 'danger' : share >= NEARLY_FULL ? 'warning' : 'accent'}
      />
      {share >= NEARLY_FULL && (
        <p className={`text-meta ${share >= 1 ? 'text-danger' : 'text-warning'}`}>
          {t(share >= 1 ? 'orgSettings.storageFull' : 'orgSettings.storageNearlyFull')}
        </p>
      )}
    </div>
  );
}
