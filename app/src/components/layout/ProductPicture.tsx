import { clsx } from 'clsx';

const columns = [
  { tone: 'bg-accent', cards: ['w-4/5', 'w-3/5', 'w-2/3'] },
  { tone: 'bg-warning', cards: ['w-2/3', 'w-3/4'] },
  { tone: 'bg-success', cards: ['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3'] },
] as const;

/** A board seen from far away. It says nothing that anybody has to read. */
export function ProductPicture() {
  return (
    <div aria-hidden="true" className="relative hidden overflow-hidden border-line border-l bg-bg lg:block">
      <div className="absolute top-[14vh] left-20 flex h-full w-220 flex-col rounded-tl-dialog border border-line bg-surface">
        <div className="flex h-12 items-center gap-3 border-line border-b px-5">
          <span className="size-5 rounded-chip bg-accent-soft" />
          <span className="h-2.5 w-28 rounded-full bg-hover" />
          <span className="ml-auto mr-10 h-6 w-16 rounded-control bg-accent-soft" />
        </div>
        <div className="flex flex-1 gap-4 p-5">
          {columns.map(({ tone, cards }) => (
            <div key={tone} className="flex w-64 flex-col gap-2.5">
              <div className="mb-1 flex items-center gap-2">
                <span className={clsx('size-2 rounded-full opacity-70', tone)} />
                <span className="h-2 w-20 rounded-full bg-hover" />
              </div>
              {cards.map((width) => (
                <PictureCard key={width} width={width} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function PictureCard({ width }: { width: string }) {
  return (
    <div className="flex flex-col gap-2.5 rounded-control border border-line bg-surface p-3.5">
      <span className="h-2 w-10 rounded-full bg-hover" />
      <span className={clsx('h-2 rounded-full bg-hover', width)} />
      <span className="flex items-center justify-between pt-1">
        <span className="h-4 w-12 rounded-chip bg-sunken" />
        <span className="size-5 rounded-full bg-accent-soft" />
      </span>
    </div>
  );
}
