import type { ReactNode } from 'react';
import { overlayParts } from './floating';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** The act in words: "Delete organization", never "OK". */
  confirmLabel: string;
  tone?: 'normal' | 'danger';
  /** For what cannot be undone: this text has to be typed first. */
  typedName?: string;
  busy?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
  children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const parts = overlayParts.use(props.open);
  return parts && <parts.ConfirmFrame {...props} />;
}
