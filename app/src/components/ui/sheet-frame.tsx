import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as D } from 'radix-ui';
import { useT } from '@/i18n/i18n';
import { IconButton } from './icon-button';
import { useReturnFocus } from './return-focus';
import type { SheetProps } from './sheet';

const places = {
  right: 'inset-y-0 right-0 w-peek max-w-full animate-sheet',
  left: 'inset-y-0 left-0 w-72 max-w-[85vw] animate-fade',
  bottom: 'inset-x-0 bottom-0 max-h-[85dvh] animate-sheet-up rounded-t-dialog',
};

export function SheetFrame(props: SheetProps) {
  const t = useT();
  const focus = useReturnFocus();
  const {
    open,
    onOpenChange,
    title,
    hideTitle = false,
    description,
    side = 'right',
    actions,
    footer,
  } = props;
  return (
    <D.Root open={open} onOpenChange={onOpenChange}>
      <D.Portal>
        <D.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <D.Content
          {...focus}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx('fixed z-40 flex flex-col bg-surface shadow-float outline-none', places[side])}
        >
          <header className="flex min-h-12 items-center gap-2 border-line border-b px-4 py-1.5">
            <div className="min-w-0 flex-1">
              <D.Title className={clsx('truncate font-semibold text-body', hideTitle && 'sr-only')}>
                {title}
              </D.Title>
              {description && <D.Description className="text-meta text-muted">{description}</D.Description>}
            </div>
            {actions}
            <D.Close asChild>
              <IconButton tooltip={false} label={t('patterns.close')} icon={<X />} />
            </D.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{props.children}</div>
          {footer && (
            <footer className="flex justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
          )}
        </D.Content>
      </D.Portal>
    </D.Root>
  );
}
