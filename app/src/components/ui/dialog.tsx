import type { ReactNode } from 'react';
import { overlayParts } from './floating';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  /** Buttons, the main act last. */
  footer?: ReactNode;
  /** Unsaved input: a click beside the dialog does not close it. */
  sticky?: boolean;
  onOpenAutoFocus?: (event: Event) => void;
  children?: ReactNode;
}

export function Dialog(props: DialogProps) {
  const parts = overlayParts.use(props.open);
  return parts && <parts.DialogFrame {...props} />;
}
