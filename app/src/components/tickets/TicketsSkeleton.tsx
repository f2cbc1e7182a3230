import { Loading, Skeleton, SkeletonRows } from '@/components/ui/skeleton';

/** Columns with cards, or lines: the shape of what is coming. */
export function TicketsSkeleton({ view }: { view: 'board' | 'list' }) {
  if (view === 'list') {
    return (
      <Loading>
        <SkeletonRows rows={14} />
      </Loading>
    );
  }
  return (
    <Loading>
      <div className="flex gap-3 overflow-hidden p-4 pt-3">
        {[4, 3, 2, 3, 1].map((cards, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          <div key={column} className="flex w-75 shrink-0 flex-col gap-2 rounded-control bg-sunken p-2">
            <Skeleton className="mx-1 my-2 h-3 w-24" />
            {Array.from({ length: cards }, (_, card) => `card-${card}`).map((key) => (
              <Skeleton key={key} className="h-22 w-full" />
            ))}
          </div>
        ))}
      </div>
    </Loading>
  );
}
