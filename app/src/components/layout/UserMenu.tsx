import { Keyboard, Languages, LogOut, Rows3, SunMoon, UserRound } from 'lucide-react';
import type { Bootstrap } from '@/api/schema';
import { Menu, MenuItem, MenuLabel, MenuRadio, MenuSeparator, MenuSub } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { entry } from '@/nav';
import { useLogout } from '@/queries/auth';
import { usePrompts } from '@/stores/prompts';
import { prefer, useUi } from '@/stores/ui';
import { UserButton } from './SidebarButtons';
import { useGo } from './use-go';

export function UserMenu({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const go = useGo();
  const logout = useLogout();
  return (
    <Menu side="top" trigger={<UserButton boot={boot} />}>
      <MenuLabel>{boot.user.email}</MenuLabel>
      <MenuItem icon={<UserRound />} onSelect={() => go(entry('profile'))}>
        {t('nav.profile')}
      </MenuItem>
      <PreferenceMenus />
      <MenuItem
        icon={<Keyboard />}
        kbd={shownKeys('?')}
        onSelect={() => usePrompts.setState({ shortcuts: true })}
      >
        {t('shell.shortcuts')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => logout.mutate('here')}>
        {t('shell.signOut')}
      </MenuItem>
    </Menu>
  );
}

/** How this device shows things, one submenu each. */
function PreferenceMenus() {
  const t = useT();
  const { theme, density, lang } = useUi();
  return (
    <>
      <MenuSub icon={<SunMoon />} label={t('shell.theme')}>
        <MenuRadio
          value={theme}
          onValueChange={(value) => prefer('theme', value)}
          options={[
            { value: 'system', label: t('shell.themeSystem') },
            { value: 'light', label: t('shell.themeLight') },
            { value: 'dark', label: t('shell.themeDark') },
          ]}
        />
      </MenuSub>
      <MenuSub icon={<Rows3 />} label={t('shell.density')}>
        <MenuRadio
          value={density}
          onValueChange={(value) => prefer('density', value)}
          options={[
            { value: 'comfortable', label: t('shell.densityComfortable') },
            { value: 'compact', label: t('shell.densityCompact') },
          ]}
        />
      </MenuSub>
      <MenuSub icon={<Languages />} label={t('shell.language')}>
        <MenuRadio
          value={lang}
          onValueChange={(value) => prefer('lang', value)}
          options={[
            { value: 'en', label: 'English' },
            { value: 'ne', label: 'नेपाली' },
          ]}
        />
      </MenuSub>
    </>
  );
}
