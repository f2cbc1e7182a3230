import { Languages, SunMoon } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuRadio } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { prefer, useUi } from '@/stores/ui';

/** Language and theme of this device, for pages without the shell. */
export function DeviceMenus() {
  return (
    <>
      <LanguageMenu />
      <ThemeMenu />
    </>
  );
}

function LanguageMenu() {
  const t = useT();
  const lang = useUi((ui) => ui.lang);
  const options = [
    { value: 'en', label: 'English' },
    { value: 'ne', label: 'नेपाली' },
  ] as const;
  const shown = options.find(({ value }) => value === lang)?.label;
  return (
    <Menu
      side="top"
      trigger={
        <Button
          variant="ghost"
          size="sm"
          icon={<Languages />}
          aria-label={`${t('shell.language')}: ${shown}`}
        >
          {shown}
        </Button>
      }
    >
      <MenuRadio value={lang} onValueChange={(value) => prefer('lang', value)} options={options} />
    </Menu>
  );
}

function ThemeMenu() {
  const t = useT();
  const theme = useUi((ui) => ui.theme);
  const names = { system: t('shell.themeSystem'), light: t('shell.themeLight'), dark: t('shell.themeDark') };
  const options = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: names[value] }));
  return (
    <Menu
      side="top"
      trigger={
        <Button
          variant="ghost"
          size="sm"
          icon={<SunMoon />}
          aria-label={`${t('shell.theme')}: ${names[theme]}`}
        >
          {names[theme]}
        </Button>
      }
    >
      <MenuRadio value={theme} onValueChange={(value) => prefer('theme', value)} options={options} />
    </Menu>
  );
}
