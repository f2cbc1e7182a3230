import { DismissableLayer, Popper } from 'radix-ui/internal';
import { type ReactNode, type RefObject, useEffect } from 'react';
import { createPortal } from 'react-dom';

export interface TipContentProps {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  text: ReactNode;
  kbd: string | undefined;
  side: 'top' | 'right' | 'bottom' | 'left';
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
}

/** The tooltip itself, for as long as it is open. */
export function TipContent(props: TipContentProps) {
  const { id, anchor, text, kbd, side, onClose, onPointerEnter, onPointerLeave } = props;
  useEffect(() => {
    const onScroll = ({ target }: Event) => {
      if (target instanceof Node && anchor.current && target.contains(anchor.current)) onClose();
    };
    window.addEventListener('scroll', onScroll, { capture: true });
    return () => window.removeEventListener('scroll', onScroll, { capture: true });
  }, [anchor, onClose]);
  return createPortal(
    <Popper.Root>
      <Popper.Anchor virtualRef={anchor} />
      <DismissableLayer.Root asChild onFocusOutside={(event) => event.preventDefault()} onDismiss={onClose}>
        <Popper.Content
          id={id}
          role="tooltip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onPointerEnter={onPointerEnter}
          onPointerLeave={onPointerLeave}
          className="z-50 flex max-w-72 animate-fade items-center gap-2 rounded-control bg-tip px-2 py-1 text-meta text-tip-text"
        >
          {text}
          {kbd && <kbd className="font-sans opacity-80">{kbd}</kbd>}
        </Popper.Content>
      </DismissableLayer.Root>
    </Popper.Root>,
    document.body,
  );
}
