import { clsx } from 'clsx';
import { useT } from '@/i18n/i18n';

/** A board as it looks in use. It says nothing that anybody has to read. */
export function ProductPicture() {
  const t = useT();
  const columns = [
    {
      name: t('dashboard.statusOpen'),
      tone: 'bg-edge',
      cards: [
        { number: 58, title: t('auth.pictureExim'), tag: t('auth.pictureLicences'), who: 'BG' },
        { number: 61, title: t('auth.pictureCount'), tag: t('auth.pictureWarehouse'), who: 'PT' },
        { number: 64, title: t('auth.pictureGifts'), tag: t('auth.pictureSales'), who: 'AM' },
      ],
    },
    {
      name: t('dashboard.statusInProgress'),
      tone: 'bg-accent',
      cards: [
        { number: 55, title: t('auth.pictureCustoms'), tag: t('auth.pictureImport'), who: 'AM' },
        { number: 57, title: t('auth.pictureVat'), tag: t('auth.pictureAccounts'), who: 'SS' },
      ],
    },
    {
      name: t('dashboard.statusResolved'),
      tone: 'bg-success',
      cards: [
        { number: 49, title: t('auth.pictureRoof'), tag: t('auth.pictureWarehouse'), who: 'PT' },
        { number: 51, title: t('auth.pictureCredit'), tag: t('auth.pictureImport'), who: 'BG' },
        { number: 52, title: t('auth.picturePrices'), tag: t('auth.pictureSales'), who: 'AM' },
        { number: 54, title: t('auth.picturePayroll'), tag: t('auth.pictureAccounts'), who: 'SS' },
      ],
    },
  ];
  return (
    <div
      aria-hidden="true"
      className="relative hidden select-none overflow-hidden border-line border-l bg-bg lg:block"
    >
      <div className="absolute top-[14vh] left-20 flex h-full w-220 flex-col rounded-tl-dialog border border-line bg-surface">
        <div className="flex h-12 items-center border-line border-b px-5 font-medium text-dense">
          {t('nav.tickets')}
        </div>
        <div className="flex flex-1 gap-4 p-5">
          {columns.map(({ name, tone, cards }) => (
            <div key={name} className="flex w-64 flex-col gap-2">
              <div className="mb-1 flex items-center gap-2 text-dense">
                <span className={clsx('size-2 rounded-full', tone)} />
                <span className="font-medium">{name}</span>
                <span className="num text-meta text-muted">{cards.length}</span>
              </div>
              {cards.map((card) => (
                <PictureCard key={card.number} {...card} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function PictureCard(props: { number: number; title: string; tag: string; who: string }) {
  return (
    <div className="flex flex-col gap-1.5 rounded-control border border-line bg-surface p-3 text-dense">
      <span className="num text-meta text-muted">#{props.number}</span>
      <span className="font-medium">{props.title}</span>
      <span className="flex items-center justify-between pt-0.5">
        <span className="rounded-chip border border-line px-1.5 text-meta text-muted">{props.tag}</span>
        <span className="flex size-5 items-center justify-center rounded-full bg-accent-soft font-semibold text-[9px] text-accent-text">
          {props.who}
        </span>
      </span>
    </div>
  );
}
