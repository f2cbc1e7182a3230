import { Lock } from 'lucide-react';
import { useState } from 'react';
import type { NotificationCategory, NotificationChannel, NotificationPreference } from '@/api/schema';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast-store';
import { Tooltip } from '@/components/ui/tooltip';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useUpdatePreferences } from '@/queries/notifications';

interface Words {
  name: string;
  about: string;
}

function useWords() {
  const t = useT();
  const categories: Record<NotificationCategory, Words> = {
    assignments: { name: t('account.assignments'), about: t('account.assignmentsAbout') },
    mentions: { name: t('account.mentions'), about: t('account.mentionsAbout') },
    comments: { name: t('account.comments'), about: t('account.commentsAbout') },
    invoices: { name: t('account.invoices'), about: t('account.invoicesAbout') },
    membership: { name: t('account.membership'), about: t('account.membershipAbout') },
    security: { name: t('account.securityNews'), about: t('account.securityNewsAbout') },
  };
  const channels: Record<NotificationChannel, string> = {
    in_app: t('account.inApp'),
    email: t('account.byMail'),
  };
  return { categories, channels };
}

type Pair = Pick<NotificationPreference, 'category' | 'channel'>;
const keyOf = ({ category, channel }: Pair) => `${category} ${channel}`;

/** What one just chose, until the server's answer is on the screen. */
function useChoices() {
  const t = useT();
  const update = useUpdatePreferences();
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const forget = (key: string) => setChosen((now) => new Map([...now].filter(([other]) => other !== key)));
  const choose = async (pair: Pair, enabled: boolean) => {
    const key = keyOf(pair);
    setChosen((now) => new Map(now).set(key, enabled));
    try {
      await update({ choices: [{ ...pair, enabled }] });
    } catch (error) {
      toast({ title: problemText(t, error), tone: 'danger' });
    }
    forget(key);
  };
  const shown = (preference: NotificationPreference) => chosen.get(keyOf(preference)) ?? preference.enabled;
  return { choose, shown };
}

/** Category by channel. What cannot be switched off says why. */
export function PreferenceMatrix({ preferences }: { preferences: readonly NotificationPreference[] }) {
  const t = useT();
  const { categories, channels } = useWords();
  const { choose, shown } = useChoices();
  const rows = [...new Set(preferences.map(({ category }) => category))];
  const columns = [...new Set(preferences.map(({ channel }) => channel))];
  const cell = (category: NotificationCategory, channel: NotificationChannel) =>
    preferences.find((one) => one.category === category && one.channel === channel);
  return (
    <table className="w-full border-collapse text-dense">
      <caption className="sr-only">{t('account.notifications')}</caption>
      <thead>
        <tr className="border-line border-b">
          <th scope="col" className="py-2 text-left font-medium text-meta text-muted">
            {t('account.category')}
          </th>
          {columns.map((channel) => (
            <th key={channel} scope="col" className="w-20 py-2 text-center font-medium text-meta text-muted">
              {channels[channel]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-line border-b">
        {rows.map((category) => (
          <tr key={category}>
            <th scope="row" className="py-3 pr-4 text-left font-normal">
              <span className="block font-medium">{categories[category].name}</span>
              <span className="block text-meta text-muted">{categories[category].about}</span>
            </th>
            {columns.map((channel) => {
              const preference = cell(category, channel);
              const label = `${categories[category].name}: ${channels[channel]}`;
              return (
                <td key={channel} className="py-3">
                  <span className="flex justify-center">
                    {preference?.mutable === false && <Locked label={label} />}
                    {preference?.mutable && (
                      <Switch
                        hideLabel
                        label={label}
                        checked={shown(preference)}
                        onCheckedChange={(on) => void choose({ category, channel }, on)}
                      />
                    )}
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Always on. The reason can be reached by keyboard too. */
function Locked({ label }: { label: string }) {
  const t = useT();
  const reason = t('account.locked');
  return (
    <Tooltip text={reason}>
      <button
        type="button"
        aria-disabled="true"
        aria-label={`${label}. ${reason}`}
        className="flex h-6 w-9 cursor-help items-center justify-center rounded-full text-muted"
      >
        <Lock aria-hidden="true" className="size-4" />
      </button>
    </Tooltip>
  );
}
