import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export interface CalloutProps {
  tone?: 'info' | 'success' | 'warning' | 'danger';
  title?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  /** Appears as an answer to an act: read out at once. */
  alert?: boolean;
  children?: ReactNode;
}

const looks = {
  info: { box: 'bg-info-soft', ink: 'text-info', Icon: Info },
  success: { box: 'bg-success-soft', ink: 'text-success', Icon: CircleCheck },
  warning: { box: 'bg-warning-soft', ink: 'text-warning', Icon: TriangleAlert },
  danger: { box: 'bg-danger-soft', ink: 'text-danger', Icon: CircleAlert },
};

export function Callout({ tone = 'info', title, actions, alert = false, children }: CalloutProps) {
  const { box, ink, Icon } = looks[tone];
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={clsx('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-control px-3 py-2 text-dense', box)}
    >
      <Icon aria-hidden="true" className={clsx('mt-px size-4 shrink-0', ink)} />
      <div className="min-w-0 flex-1 basis-60">
        {title && <p className="font-medium">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="flex gap-2">{actions}</div>}
    </div>
  );
}
