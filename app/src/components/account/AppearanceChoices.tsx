import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { formatDay, formatNumber } from '@/lib/format';
import { problemText } from '@/lib/problem-text';
import { dayIn } from '@/lib/time';
import { useChooseForMe } from '@/queries/users';
import { prefer, useUi } from '@/stores/ui';
import { Choice } from './Choice';

/** The account keeps these two as well, for the next device one signs in on. */
function useAccountChoice() {
  const t = useT();
  const choose = useChooseForMe();
  return (change: { theme: 'system' | 'light' | 'dark' } | { calendar: 'ad' | 'bs' }) => {
    choose({ change }).catch((error: unknown) => toast({ title: problemText(t, error), tone: 'danger' }));
  };
}

/** Takes effect at once; a sample under the choices shows what they do. */
export function AppearanceChoices({ timeZone }: { timeZone: string }) {
  const t = useT();
  const ui = useUi();
  const keep = useAccountChoice();
  return (
    <div className="flex flex-col divide-y divide-line border-line border-y">
      <Choice
        label={t('shell.theme')}
        hint={t('account.themeHint')}
        value={ui.theme}
        onChange={(theme) => {
          prefer('theme', theme);
          keep({ theme });
        }}
        options={[
          { value: 'system', label: t('shell.themeSystem') },
          { value: 'light', label: t('shell.themeLight') },
          { value: 'dark', label: t('shell.themeDark') },
        ]}
      />
      <Choice
        label={t('shell.density')}
        hint={t('account.densityHint')}
        value={ui.density}
        onChange={(density) => prefer('density', density)}
        options={[
          { value: 'comfortable', label: t('shell.densityComfortable') },
          { value: 'compact', label: t('shell.densityCompact') },
        ]}
      />
      <Choice
        label={t('profile.calendar')}
        hint={t('account.calendarHint')}
        value={ui.calendar}
        onChange={(calendar) => {
          prefer('calendar', calendar);
          keep({ calendar });
        }}
        options={[
          { value: 'ad', label: t('profile.calendarAd') },
          { value: 'bs', label: t('profile.calendarBs') },
        ]}
      />
      <Choice
        label={t('account.digits')}
        hint={t('account.digitsHint')}
        value={ui.digits}
        onChange={(digits) => prefer('digits', digits)}
        options={[
          { value: 'latin', label: '0123' },
          { value: 'devanagari', label: '०१२३' },
        ]}
      />
      <Sample timeZone={timeZone} />
      <div className="py-3">
        <Switch
          label={t('shell.singleKeys')}
          hint={t('shell.singleKeysHint')}
          checked={ui.keys === 'on'}
          onCheckedChange={(on) => prefer('keys', on ? 'on' : 'off')}
        />
      </div>
    </div>
  );
}

function Sample({ timeZone }: { timeZone: string }) {
  const t = useT();
  const { lang, digits, calendar } = useUi();
  const prefs = { locale: lang, digits, calendar, timeZone };
  return (
    <p className="flex flex-wrap justify-between gap-x-6 py-3 text-dense">
      <span className="text-muted">{t('account.sample')}</span>
      <span className="num">
        {formatDay(dayIn(new Date(), timeZone), prefs)} · {formatNumber(1234567.5, prefs)}
      </span>
    </p>
  );
}
