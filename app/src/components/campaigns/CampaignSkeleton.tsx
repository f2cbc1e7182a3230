import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';

/** A title, a line under it, and rows. */
export function CampaignSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64 max-w-full" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="h-10" />
      <SkeletonRows rows={8} />
    </div>
  );
}
