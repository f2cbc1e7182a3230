import { Ban, MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { InTopBar } from '@/components/layout/TopBar';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import type { FullCampaign } from '@/queries/campaigns';
import { ActDialog } from './ActDialog';
import type { CampaignDraft } from './use-campaign-draft';

/** Whether everything is stored, and the way to give the draft up. */
export function ComposerBar({ campaign, draft }: { campaign: FullCampaign; draft: CampaignDraft }) {
  const t = useT();
  const [asking, setAsking] = useState<number | null>(null);
  const mayCancel = useCan('campaigns_cancel');
  const state = draft.saving ? 'saving' : draft.failed ? 'notSaved' : draft.dirty ? 'unsaved' : 'allSaved';
  // What was typed last is a version of its own.
  const ask = () => void draft.flush().then((version) => setAsking(version ?? null));
  return (
    <>
      <InTopBar>
        <span role="status" className={`text-meta ${draft.failed ? 'text-danger' : 'text-muted'}`}>
          {t(`campaigns.saving.${state}`)}
        </span>
        {mayCancel && (
          <Menu
            align="end"
            trigger={
              <IconButton tooltip={false} label={t('campaigns.moreActions')} icon={<MoreHorizontal />} />
            }
          >
            <MenuItem icon={<Ban />} tone="danger" onSelect={ask}>
              {t('campaigns.act.cancel')}…
            </MenuItem>
          </Menu>
        )}
      </InTopBar>
      {asking !== null && (
        <ActDialog
          campaign={{ id: campaign.id, version: asking }}
          act="cancel"
          early
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
