import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as D } from 'radix-ui';
import { useT } from '@/i18n/i18n';
import type { DialogProps } from './dialog';
import { IconButton } from './icon-button';
import { useReturnFocus } from './return-focus';

const widths = { sm: 'max-w-100', md: 'max-w-130', lg: 'max-w-190' };

export function DialogFrame(props: DialogProps) {
  const t = useT();
  const focus = useReturnFocus(props.onOpenAutoFocus);
  const { open, onOpenChange, title, description, size = 'md', footer, sticky = false, children } = props;
  return (
    <D.Root open={open} onOpenChange={onOpenChange}>
      <D.Portal>
        <D.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <D.Content
          {...focus}
          onInteractOutside={sticky ? (event) => event.preventDefault() : undefined}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed z-40 flex max-h-[85dvh] w-full flex-col bg-surface shadow-float outline-none',
            'inset-x-0 bottom-0 animate-sheet-up rounded-t-dialog',
            'sm:inset-x-auto sm:top-[12vh] sm:bottom-auto sm:left-1/2 sm:max-h-[76vh] sm:-translate-x-1/2 sm:animate-fade sm:rounded-dialog',
            widths[size],
            'max-sm:max-w-none',
          )}
        >
          <header className="px-5 pt-4 pr-12 pb-2">
            <div className="min-w-0 flex-1">
              <D.Title className="font-semibold text-section">{title}</D.Title>
              {description && (
                <D.Description className="mt-1 text-dense text-muted">{description}</D.Description>
              )}
            </div>
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          )}
          {/* Last, so the first field gets the focus when the dialog opens. */}
          <D.Close asChild>
            <IconButton
              className="absolute top-3.5 right-4"
              size="sm"
              tooltip={false}
              label={t('patterns.close')}
              icon={<X />}
            />
          </D.Close>
        </D.Content>
      </D.Portal>
    </D.Root>
  );
}
