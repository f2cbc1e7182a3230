import { Bell, Plus, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import { Link } from '@/components/ui/link';
import { LoadMore } from '@/components/ui/load-more';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { Section, Specimen } from './Section';

const VARIANTS = ['primary', 'secondary', 'ghost', 'danger', 'danger-quiet'] as const;

export function KitActions() {
  const t = useT();
  const [view, setView] = useState<'board' | 'list' | 'calendar'>('board');
  const [starred, setStarred] = useState(true);
  return (
    <Section title={t('kit.actions')}>
      <Specimen name={t('kit.button')}>
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} icon={variant.startsWith('danger') ? <Trash2 /> : <Plus />}>
            {variant.startsWith('danger') ? t('kit.delete') : t('kit.newTicket')}
          </Button>
        ))}
      </Specimen>
      <Specimen name={t('kit.states')}>
        <Button variant="primary" disabled>
          {t('kit.disabled')}
        </Button>
        <Button disabled>{t('kit.disabled')}</Button>
        <Button variant="primary" busy>
          {t('kit.saving')}
        </Button>
        <Button busy>{t('kit.saving')}</Button>
        <Button kbd={<Kbd keys="C" />}>{t('kit.newTicket')}</Button>
      </Specimen>
      <Specimen name={t('kit.sizes')}>
        <Button size="sm">{t('kit.save')}</Button>
        <Button>{t('kit.save')}</Button>
        <Button size="lg">{t('kit.save')}</Button>
        <IconButton size="sm" label={t('kit.newTicket')} icon={<Plus />} />
        <IconButton label={t('kit.notifications')} kbd="G I" icon={<Bell />} />
        <IconButton variant="secondary" label={t('kit.newTicket')} icon={<Plus />} />
        <IconButton
          label={t('kit.star')}
          aria-pressed={starred}
          icon={<Star />}
          onClick={() => setStarred(!starred)}
        />
        <IconButton label={t('kit.delete')} icon={<Trash2 />} disabled />
      </Specimen>
      <Specimen name={t('kit.segmented')}>
        <Segmented
          label={t('kit.view')}
          value={view}
          onValueChange={setView}
          options={[
            { value: 'board', label: t('kit.board') },
            { value: 'list', label: t('kit.list') },
            { value: 'calendar', label: t('kit.calendar') },
          ]}
        />
      </Specimen>
      <Specimen name={t('kit.links')}>
        <Link href="#links">{t('kit.link')}</Link>
        <Link href="#links" external>
          {t('kit.linkOutside')}
        </Link>
        <CopyButton text="mjx_4f9a" label={t('kit.copyKey')} wide />
        <CopyButton text="mjx_4f9a" label={t('kit.copyKey')} />
        <Kbd keys="Ctrl K" />
        <LoadMore hasMore loading={false} onLoadMore={() => undefined} note={t('kit.ofTotal')} />
      </Specimen>
    </Section>
  );
}
