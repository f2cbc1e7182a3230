import { useSyncExternalStore } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { Switch } from '@/components/ui/switch';
import { useT } from '@/i18n/i18n';
import { hotkeys, shownKeys } from '@/lib/hotkeys';
import { usePrompts } from '@/stores/prompts';
import { prefer, useUi } from '@/stores/ui';

/** What works here and now, by group: the list is the registry itself, so it cannot lie. */
export function ShortcutSheet() {
  const t = useT();
  const single = useUi((ui) => ui.keys) === 'on';
  const bindings = useSyncExternalStore(hotkeys.subscribe, hotkeys.all);
  const listed = bindings.filter(({ label }) => label !== undefined);
  const groups = [...new Set(listed.map(({ group }) => group ?? ''))];
  return (
    <Dialog
      open
      size="md"
      title={t('shell.shortcuts')}
      onOpenChange={() => usePrompts.setState({ shortcuts: false })}
    >
      <div className="flex flex-col gap-5">
        <Switch
          checked={single}
          onCheckedChange={(on) => prefer('keys', on ? 'on' : 'off')}
          label={t('shell.singleKeys')}
          hint={t('shell.singleKeysHint')}
        />
        {groups.map((group) => (
          <section key={group}>
            <h3 className="pb-1 font-medium text-meta text-muted">{group}</h3>
            <dl>
              {listed
                .filter((binding) => (binding.group ?? '') === group)
                .map((binding) => (
                  <div key={binding.keys} className="flex items-center justify-between gap-4 py-1 text-dense">
                    <dt className="min-w-0 truncate">{binding.label}</dt>
                    <dd>
                      <Kbd keys={shownKeys(binding.keys)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
