import { clsx } from 'clsx';
import { Avatar as A } from 'radix-ui';

export interface AvatarProps {
  name: string;
  src?: string | null | undefined;
  size?: 'xs' | 'sm' | 'md' | 'lg' | 'xl';
  /** Organizations are square, people are round. */
  shape?: 'person' | 'organization';
  /** A colour of its own, one that white letters can be read on. */
  fill?: string | undefined;
  /** The name stands beside it: hide the picture from screen readers. */
  decorative?: boolean;
}

const sizes = {
  xs: 'size-4 text-[8px]',
  sm: 'size-5 text-[9px]',
  md: 'size-6 text-[10px]',
  lg: 'size-10 text-body',
  xl: 'size-16 text-page',
};

// Red, amber and green say how something stands; nobody is an alarm.
const tints = [
  'bg-accent-soft text-accent-text',
  'bg-info-soft text-info',
  'bg-violet-soft text-violet',
  'bg-line text-text',
] as const;

// Made once: a segmenter takes longer to make than a whole board of names to cut.
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and the last word, as whole graphemes (`मे`, not a bare `म`). */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => {
    const [first] = graphemes.segment(word ?? '');
    return first?.segment ?? '';
  });
  return letters.join('').toLocaleUpperCase();
}

function tint(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return tints[sum % tints.length] ?? tints[0];
}

export function Avatar(props: AvatarProps) {
  const { name, src, size = 'md', shape = 'person', fill, decorative = false } = props;
  const naming = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
  return (
    <A.Root
      {...naming}
      {...(fill && { style: { backgroundColor: fill } })}
      className={clsx(
        'inline-flex shrink-0 select-none items-center justify-center overflow-hidden align-middle font-semibold leading-none',
        shape === 'person' ? 'rounded-full' : 'rounded-chip',
        sizes[size],
        fill ? 'text-on-fill' : tint(name),
        // A picture may be as light as the page.
        src && 'ring-1 ring-line',
      )}
    >
      {src && <A.Image src={src} alt="" className="size-full object-cover" />}
      <A.Fallback {...(src ? { delayMs: 300 } : {})} aria-hidden="true">
        {initials(name)}
      </A.Fallback>
    </A.Root>
  );
}

export interface AvatarStackProps {
  people: readonly { id: string; name: string; src?: string | null }[];
  max?: number;
  size?: AvatarProps['size'];
}

export function AvatarStack({ people, max = 3, size = 'md' }: AvatarStackProps) {
  const shown = people.slice(0, max);
  const rest = people.length - shown.length;
  return (
    <span
      role="img"
      aria-label={people.map((person) => person.name).join(', ')}
      className="inline-flex items-center"
    >
      {shown.map((person, place) => (
        <span key={person.id} className={clsx('rounded-full ring-2 ring-surface', place > 0 && '-ml-1')}>
          <Avatar name={person.name} src={person.src} size={size} decorative />
        </span>
      ))}
      {rest > 0 && <span className="num ml-1 text-meta text-muted">+{rest}</span>}
    </span>
  );
}
