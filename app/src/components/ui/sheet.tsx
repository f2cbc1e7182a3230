import type { ReactNode } from 'react';
import { overlayParts } from './floating';

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  hideTitle?: boolean;
  description?: ReactNode;
  side?: 'right' | 'left' | 'bottom';
  /** Between title and close button. */
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** A panel over the page: details on a desktop, whatever a popover would hold on a phone. */
export function Sheet(props: SheetProps) {
  const parts = overlayParts.use(props.open);
  return parts && <parts.SheetFrame {...props} />;
}
