import { clsx } from 'clsx';
import { Separator as S } from 'radix-ui';

export function Separator({ vertical = false, className }: { vertical?: boolean; className?: string }) {
  return (
    <S.Root
      decorative
      orientation={vertical ? 'vertical' : 'horizontal'}
      className={clsx('shrink-0 bg-line', vertical ? 'h-full w-px' : 'h-px w-full', className)}
    />
  );
}
