import { Outlet } from '@tanstack/react-router';
import { Languages, SunMoon } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuRadio } from '@/components/ui/menu';
import { useT } from '@/i18n/i18n';
import { prefer, useUi } from '@/stores/ui';
import { Logo } from './Logo';
import { ProductPicture } from './ProductPicture';

/** One column of 400 px, beside it a quiet picture of the product. No shell. */
export function AuthLayout() {
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(480px,2fr)_3fr]">
      <div className="flex min-w-0 flex-col px-4 sm:px-10">
        <header className="flex h-16 shrink-0 items-center">
          <Logo />
        </header>
        <main className="mx-auto flex w-full max-w-100 flex-1 flex-col py-8 sm:py-[8vh]">
          <Outlet />
        </main>
        <footer className="-mx-2 flex h-14 shrink-0 items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
        </footer>
      </div>
      <ProductPicture />
    </div>
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
