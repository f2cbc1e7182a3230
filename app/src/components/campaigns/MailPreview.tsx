import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Monitor, Smartphone } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CampaignPreview } from '@/api/schema';
import { QueryStates } from '@/components/patterns/QueryStates';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { campaignPreviewOptions } from '@/queries/campaigns';
import { useOrgId } from '@/queries/org';
import { useSession } from '@/stores/session';
import { mailDocument } from './mail-document';

export interface MailPreviewProps {
  campaign: { id: string; version: number };
  /** What is shown was changed since. */
  stale?: boolean;
}

type Reader = 'known' | 'unknown';
type Device = 'desktop' | 'phone';

/** The mail as the server fills it in: for somebody whose name is known, and for somebody else. */
export function MailPreview({ campaign, stale = false }: MailPreviewProps) {
  const t = useT();
  const [reader, setReader] = useState<Reader>('known');
  const [device, setDevice] = useState<Device>('desktop');
  const me = useSession((session) => session.user);
  const [firstName = '', ...others] = (me?.fullName ?? '').split(' ');
  const as =
    reader === 'known' && me
      ? { email: me.email, firstName, ...(others.length > 0 && { lastName: others.join(' ') }) }
      : { email: 'reader@example.com' };
  const preview = useQuery(campaignPreviewOptions(useOrgId(), campaign, as));
  return (
    <section aria-label={t('campaigns.preview')} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label={t('campaigns.previewAs')}
          value={reader}
          onValueChange={setReader}
          options={[
            { value: 'known', label: t('campaigns.withName') },
            { value: 'unknown', label: t('campaigns.withoutName') },
          ]}
        />
        <Segmented
          label={t('campaigns.device')}
          value={device}
          onValueChange={setDevice}
          className="max-sm:hidden"
          options={[
            { value: 'desktop', label: t('campaigns.desktop'), icon: <Monitor />, hideLabel: true },
            { value: 'phone', label: t('campaigns.phone'), icon: <Smartphone />, hideLabel: true },
          ]}
        />
      </div>
      <QueryStates query={preview} skeleton={<Skeleton className="h-96" />}>
        {preview.data && (
          <Mail mail={preview.data} device={device} stale={stale || preview.isPlaceholderData} />
        )}
      </QueryStates>
    </section>
  );
}

function Mail(props: { mail: CampaignPreview; device: Device; stale: boolean }) {
  const t = useT();
  const { mail, device, stale } = props;
  const { html, pictures } = useMemo(() => mailDocument(mail.html, t('campaigns.picture')), [mail.html, t]);
  return (
    <>
      <div
        aria-busy={stale}
        className={clsx(
          'flex flex-col overflow-hidden rounded-dialog border border-line bg-surface',
          stale && 'opacity-60',
          device === 'phone' && 'mx-auto w-full max-w-90',
        )}
      >
        <p className="break-words border-line border-b px-4 py-3 font-medium">
          {mail.subject || <span className="text-muted">{t('campaigns.noSubject')}</span>}
        </p>
        <iframe
          // Another text in the same frame would be a step back in the history of the tab; a new frame is none.
          key={html}
          title={t('campaigns.mailText')}
          // No script runs in it, and no link in it leads anywhere.
          sandbox=""
          srcDoc={html}
          className="h-120 w-full"
        />
      </div>
      {pictures && <p className="text-meta text-muted">{t('campaigns.picturesLater')}</p>}
    </>
  );
}
