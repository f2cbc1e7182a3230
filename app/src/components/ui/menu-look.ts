/** Looks shared by everything that floats above the page. */
export const floatLook =
  'z-50 animate-pop overflow-hidden rounded-control bg-surface text-text shadow-float outline-none';

export const itemLook =
  'relative flex min-h-control-sm select-none items-center gap-2 rounded-chip px-2 py-1 text-dense outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

export const dangerItemLook = 'text-danger data-[highlighted]:bg-danger-soft';
