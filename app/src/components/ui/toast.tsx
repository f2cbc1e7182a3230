import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as T } from 'radix-ui';
import { useEffect, useSyncExternalStore } from 'react';
import { useT } from '@/i18n/i18n';
import { dismissToast, type ToastEntry, toastStore, undoLast } from './toast-store';

/** One per page. F8 moves the focus to the toasts, Ctrl+Z takes the newest undo. */
export function Toaster() {
  const t = useT();
  const entries = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  useUndoKey();
  return (
    <T.Provider label={t('patterns.toast')} swipeDirection="right">
      {entries.map((entry) => (
        <ToastCard key={entry.id} entry={entry} />
      ))}
      <T.Viewport
        hotkey={['F8']}
        label={t('patterns.toasts', { hotkey: 'F8' })}
        className="fixed right-0 bottom-0 z-50 flex w-96 max-w-full flex-col gap-2 p-4 outline-none max-sm:bottom-12"
      />
    </T.Provider>
  );
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))
  );
}

function useUndoKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const undo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!undo || event.shiftKey || event.altKey || typing(event.target)) return;
      if (undoLast()) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const actLook = 'h-7 shrink-0 rounded-chip px-2 font-medium text-accent-text text-dense hover:bg-hover';

function ToastCard({ entry }: { entry: ToastEntry }) {
  const t = useT();
  const { id, title, description, tone = 'normal', action, onUndo } = entry;
  const undo = () => onUndo?.();
  return (
    <T.Root
      duration={entry.duration ?? (onUndo ? 8000 : 5000)}
      type={tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(open) => {
        if (!open) dismissToast(id);
      }}
      className={clsx(
        'flex animate-sheet-up items-start gap-2 rounded-control bg-surface py-2 pr-2 pl-3 text-text shadow-float',
        'data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)',
      )}
    >
      {tone === 'success' && (
        <CircleCheck aria-hidden="true" className="mt-1.5 size-4 shrink-0 text-success" />
      )}
      {tone === 'danger' && <CircleAlert aria-hidden="true" className="mt-1.5 size-4 shrink-0 text-danger" />}
      <div className="min-w-0 flex-1 py-1">
        <T.Title className="font-medium text-dense">{title}</T.Title>
        {description && <T.Description className="text-dense text-muted">{description}</T.Description>}
      </div>
      {onUndo && (
        <T.Action asChild altText={t('patterns.undoHint')}>
          <button type="button" className={actLook} onClick={undo}>
            {t('patterns.undo')}
          </button>
        </T.Action>
      )}
      {action && (
        <T.Action asChild altText={action.label}>
          <button type="button" className={actLook} onClick={action.onAct}>
            {action.label}
          </button>
        </T.Action>
      )}
      <T.Close
        aria-label={t('patterns.close')}
        className="flex size-7 shrink-0 items-center justify-center rounded-chip text-muted hover:bg-hover hover:text-text"
      >
        <X aria-hidden="true" className="size-4" />
      </T.Close>
    </T.Root>
  );
}
