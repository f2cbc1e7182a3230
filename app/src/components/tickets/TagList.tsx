import { useFormat } from '@/components/ui/preferences';

/** The first tags, and how many more there are. */
export function TagList({ tags, most }: { tags: readonly string[]; most: number }) {
  const format = useFormat();
  if (tags.length === 0) return null;
  const rest = tags.slice(most);
  return (
    <span className="flex min-w-0 items-center gap-1">
      {tags.slice(0, most).map((tag) => (
        <span
          key={tag}
          className="min-w-0 max-w-28 truncate rounded-chip border border-line px-1.5 text-meta text-muted"
        >
          {tag}
        </span>
      ))}
      {rest.length > 0 && (
        <span className="num shrink-0 text-meta text-muted" title={rest.join(', ')}>
          +{format.number(rest.length)}
        </span>
      )}
    </span>
  );
}
