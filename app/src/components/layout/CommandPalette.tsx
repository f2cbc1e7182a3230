import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Languages, LogOut, Moon, Plus, Sun } from 'lucide-react';
import { Dialog as D } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { Bootstrap } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { Kbd } from '@/components/ui/kbd';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { usePaletteCommands } from '@/lib/palette';
import { visible } from '@/nav';
import { useLogout } from '@/queries/auth';
import { usePrompts } from '@/stores/prompts';
import { useSession } from '@/stores/session';
import { prefer, useUi } from '@/stores/ui';
import { useGo } from './use-go';

const close = () => usePrompts.setState({ palette: false });

/** Go to, switch, do: by typing a few letters. Pages add their own commands with `usePalette` of lib/palette. */
export function CommandPalette({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const [search, setSearch] = useState('');
  return (
    <D.Root open onOpenChange={close}>
      <D.Portal>
        <D.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <D.Content
          aria-describedby={undefined}
          className="-translate-x-1/2 fixed top-[12vh] left-1/2 z-40 w-[calc(100%-16px)] max-w-150 animate-fade overflow-hidden rounded-dialog bg-surface shadow-float outline-none"
        >
          <D.Title className="sr-only">{t('shell.palette')}</D.Title>
          <Command loop label={t('shell.palette')} className="flex max-h-[60dvh] flex-col">
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder={t('shell.palettePlaceholder')}
              className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-body outline-none"
            />
            <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-dense text-muted">
                {t('shell.paletteEmpty')}
              </Command.Empty>
              <Commands boot={boot} />
            </Command.List>
          </Command>
        </D.Content>
      </D.Portal>
    </D.Root>
  );
}

function Commands({ boot }: { boot: Bootstrap }) {
  const t = useT();
  const go = useGo();
  const commands = usePaletteCommands();
  const entries = visible(boot.scopes, boot.apps);
  return (
    <>
      {commands.length > 0 && (
        <Group heading={t('shell.paletteHere')}>
          {commands.map(({ id, label, icon, keys, run }) => (
            <Item key={id} value={`${label} ${id}`} icon={icon} keys={keys} onRun={run}>
              {label}
            </Item>
          ))}
        </Group>
      )}
      <Group heading={t('shell.keysGoTo')}>
        {entries.map((entry) => {
          const Icon = entry.icon;
          return (
            <Item
              key={entry.id}
              value={`${t(entry.label)} ${entry.id}`}
              icon={<Icon />}
              keys={entry.keys}
              onRun={() => go(entry)}
            >
              {t(entry.label)}
            </Item>
          );
        })}
      </Group>
      <Organizations current={boot.organization.id} />
      <Device />
    </>
  );
}

function Organizations({ current }: { current: string }) {
  const t = useT();
  const navigate = useNavigate();
  const organizations = useSession((session) => session.organizations);
  return (
    <Group heading={t('shell.switchTo')}>
      {organizations.map(({ id, slug, name }, index) =>
        id === current ? null : (
          <Item
            key={id}
            value={`${name} ${slug}`}
            icon={<Avatar name={name} shape="organization" size="sm" decorative />}
            keys={index < 9 ? `o ${index + 1}` : undefined}
            onRun={() => void navigate({ to: '/o/$slug', params: { slug } })}
          >
            {name}
          </Item>
        ),
      )}
      <Item
        value="new organization"
        icon={<Plus />}
        onRun={() => void navigate({ to: '/organizations/new' })}
      >
        {t('shell.newOrganization')}
      </Item>
    </Group>
  );
}

function Device() {
  const t = useT();
  const lang = useUi((ui) => ui.lang);
  const logout = useLogout();
  return (
    <Group heading={t('shell.device')}>
      <Item
        value={`theme light ${t('shell.themeLight')}`}
        icon={<Sun />}
        onRun={() => prefer('theme', 'light')}
      >
        {t('shell.theme')}: {t('shell.themeLight')}
      </Item>
      <Item
        value={`theme dark ${t('shell.themeDark')}`}
        icon={<Moon />}
        onRun={() => prefer('theme', 'dark')}
      >
        {t('shell.theme')}: {t('shell.themeDark')}
      </Item>
      <Item
        value="language english nepali नेपाली भाषा"
        icon={<Languages />}
        onRun={() => prefer('lang', lang === 'en' ? 'ne' : 'en')}
      >
        {lang === 'en' ? 'नेपाली' : 'English'}
      </Item>
      <Item value={`sign out ${t('shell.signOut')}`} icon={<LogOut />} onRun={() => logout.mutate('here')}>
        {t('shell.signOut')}
      </Item>
    </Group>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  value: string;
  icon?: ReactNode;
  keys?: string | undefined;
  onRun: () => void;
  children: ReactNode;
}

function Item({ value, icon, keys, onRun, children }: ItemProps) {
  const run = () => {
    close();
    onRun();
  };
  return (
    <Command.Item
      value={value}
      onSelect={run}
      className="flex h-9 select-none items-center gap-2 rounded-chip px-2 text-dense data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <span className="text-muted">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <Kbd keys={shownKeys(keys)} />}
    </Command.Item>
  );
}
