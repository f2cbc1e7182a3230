import { Skeleton } from '@/components/ui/skeleton';

/** A form at the left, a paper at the right. */
export function EditorSkeleton() {
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
      <div className="flex flex-col gap-5">
        <div className="grid grid-cols-2 gap-4">
          {['a', 'b', 'c', 'd'].map((key) => (
            <div key={key} className="flex flex-col gap-1">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-control" />
            </div>
          ))}
        </div>
        <Skeleton className="h-40" />
        <Skeleton className="ml-auto h-24 w-80 max-w-full" />
      </div>
      <Skeleton className="h-150 max-xl:hidden" />
    </div>
  );
}
