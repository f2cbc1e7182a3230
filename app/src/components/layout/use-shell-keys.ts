import { useNavigate } from '@tanstack/react-router';
import type { Bootstrap } from '@/api/schema';
import { useT } from '@/i18n/i18n';
import type { Hotkey } from '@/lib/hotkeys';
import { useHotkeys } from '@/lib/use-hotkeys';
import { visible } from '@/nav';
import { usePrompts } from '@/stores/prompts';
import { useSession } from '@/stores/session';
import { useGo } from './use-go';

/** The shortcuts that work on every page of an organization. */
export function useShellKeys(boot: Bootstrap): void {
  const t = useT();
  const go = useGo();
  const navigate = useNavigate();
  const organizations = useSession((session) => session.organizations);
  const general = t('shell.keysGeneral');
  const togglePalette = () => usePrompts.setState(({ palette }) => ({ palette: !palette }));
  const goTo: Hotkey[] = visible(boot.scopes, boot.apps).flatMap((entry) =>
    entry.keys
      ? [{ keys: entry.keys, label: t(entry.label), group: t('shell.keysGoTo'), run: () => go(entry) }]
      : [],
  );
  const switchTo: Hotkey[] = organizations.slice(0, 9).map(({ slug, name }, index) => ({
    keys: `o ${index + 1}`,
    label: name,
    group: t('shell.keysOrganization'),
    run: () => void navigate({ to: '/o/$slug', params: { slug } }),
  }));
  useHotkeys([
    { keys: 'mod+k', everywhere: true, label: t('shell.palette'), group: general, run: togglePalette },
    {
      keys: '?',
      label: t('shell.shortcuts'),
      group: general,
      run: () => usePrompts.setState({ shortcuts: true }),
    },
    ...goTo,
    ...switchTo,
  ]);
}
