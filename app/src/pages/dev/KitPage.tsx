import { useEffect, useMemo, useState } from 'react';
import { PageHeader } from '@/components/patterns/PageHeader';
import { PreferencesProvider } from '@/components/ui/preferences';
import { Segmented } from '@/components/ui/segmented';
import { Toaster } from '@/components/ui/toast';
import { activate, useT } from '@/i18n/i18n';
import type { Preferences } from '@/lib/format';
import { KATHMANDU } from '@/lib/time';
import { KitActions } from './kit/KitActions';
import { KitBoard } from './kit/KitBoard';
import { KitData } from './kit/KitData';
import { KitFields } from './kit/KitFields';
import { KitFloating } from './kit/KitFloating';
import { KitRecords } from './kit/KitRecords';
import { KitStatus } from './kit/KitStatus';

const THEMES = ['light', 'dark', 'system'] as const;
const DENSITIES = ['comfortable', 'compact'] as const;
const LOCALES = ['en', 'ne'] as const;

interface Looks {
  theme: (typeof THEMES)[number];
  density: (typeof DENSITIES)[number];
  locale: (typeof LOCALES)[number];
}

function oneOf<V extends string>(choices: readonly V[], value: string | null | undefined, otherwise: V): V {
  return choices.find((choice) => choice === value) ?? otherwise;
}

/** From the address, so a picture of any state can be asked for: `?theme=dark&locale=ne&density=compact`. */
function initialLooks(): Looks {
  const asked = new URLSearchParams(window.location.search);
  const { dataset, lang } = document.documentElement;
  return {
    theme: oneOf(THEMES, asked.get('theme') ?? dataset.theme, 'system'),
    density: oneOf(DENSITIES, asked.get('density') ?? dataset.density, 'comfortable'),
    locale: oneOf(LOCALES, asked.get('locale') ?? lang, 'en'),
  };
}

/** Every element in every state, for people who build pages of them. */
export function KitPage() {
  const t = useT();
  const [looks, setLooks] = useState(initialLooks);
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme = looks.theme;
    dataset.density = looks.density;
    document.documentElement.lang = looks.locale;
    void activate(looks.locale);
  }, [looks]);
  const prefs = useMemo<Preferences>(
    () => ({
      locale: looks.locale,
      digits: looks.locale === 'ne' ? 'devanagari' : 'latin',
      calendar: looks.locale === 'ne' ? 'bs' : 'ad',
      timeZone: KATHMANDU,
    }),
    [looks.locale],
  );
  return (
    <PreferencesProvider value={prefs}>
      <main className="mx-auto flex max-w-300 flex-col gap-2 px-4 py-6 sm:px-8">
        <PageHeader
          title={t('kit.heading')}
          description={t('kit.intro')}
          actions={<LooksBar looks={looks} onChange={setLooks} />}
        />
        {/* Samples take their texts once; another language starts them anew. */}
        <div key={looks.locale} className="pt-4">
          <KitActions />
          <KitFields />
          <KitStatus />
          <KitFloating />
          <KitData />
          <KitBoard />
          <KitRecords />
        </div>
      </main>
      <Toaster />
    </PreferencesProvider>
  );
}

function LooksBar({ looks, onChange }: { looks: Looks; onChange: (looks: Looks) => void }) {
  const t = useT();
  return (
    <>
      <Segmented
        label={t('kit.theme')}
        value={looks.theme}
        onValueChange={(theme) => onChange({ ...looks, theme })}
        options={[
          { value: 'light', label: t('kit.light') },
          { value: 'dark', label: t('kit.dark') },
          { value: 'system', label: t('kit.system') },
        ]}
      />
      <Segmented
        label={t('kit.density')}
        value={looks.density}
        onValueChange={(density) => onChange({ ...looks, density })}
        options={[
          { value: 'comfortable', label: t('kit.comfortable') },
          { value: 'compact', label: t('kit.compact') },
        ]}
      />
      <Segmented
        label={t('kit.language')}
        value={looks.locale}
        onValueChange={(locale) => onChange({ ...looks, locale })}
        options={[
          { value: 'en', label: 'English' },
          { value: 'ne', label: 'नेपाली' },
        ]}
      />
    </>
  );
}
