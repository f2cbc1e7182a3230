import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

/** A plain table for small, whole data. Long, sortable or selectable lists take `DataTable`. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-dense">{children}</table>
    </section>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return <thead className="border-line border-b">{children}</thead>;
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={clsx('h-row', className)} {...rest} />;
}

type Align = 'start' | 'end' | 'center';

const aligns: Record<Align, string> = { start: 'text-left', end: 'text-right', center: 'text-center' };

export interface CellProps extends Omit<ComponentProps<'td'>, 'align'> {
  align?: Align;
}

export function TableHeader({
  align = 'start',
  className,
  ...rest
}: Omit<ComponentProps<'th'>, 'align'> & { align?: Align }) {
  return (
    <th
      scope="col"
      className={clsx(
        'whitespace-nowrap px-cell py-1.5 font-medium text-meta text-muted',
        aligns[align],
        className,
      )}
      {...rest}
    />
  );
}

export function TableCell({ align = 'start', className, ...rest }: CellProps) {
  return (
    <td className={clsx('px-cell py-1', align === 'end' && 'num', aligns[align], className)} {...rest} />
  );
}
