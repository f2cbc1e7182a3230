import { useEffect, useRef } from 'react';
import { useT } from '@/i18n/i18n';
import { Button } from './button';

export interface LoadMoreProps {
  hasMore: boolean;
  loading: boolean;
  onLoadMore: () => void;
  /** Fetches the next page when it comes near the view; the button stays for the keyboard. */
  auto?: boolean;
  /** "50 of 1,204", when the server told a total. */
  note?: string;
}

export function LoadMore({ hasMore, loading, onLoadMore, auto = false, note }: LoadMoreProps) {
  const t = useT();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!auto || !hasMore || loading || !mark.current) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) onLoadMore();
      },
      { rootMargin: '400px' },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [auto, hasMore, loading, onLoadMore]);
  if (!hasMore && !note) return null;
  return (
    <div ref={mark} className="flex items-center justify-center gap-3 py-3 text-meta text-muted print:hidden">
      {note && <span className="num">{note}</span>}
      {hasMore && (
        <Button size="sm" variant="ghost" busy={loading} onClick={onLoadMore}>
          {t('patterns.loadMore')}
        </Button>
      )}
    </div>
  );
}
