import {
  Bug,
  CircleAlert,
  CircleCheck,
  CircleCheckBig,
  CircleDashed,
  CircleDot,
  CircleQuestionMark,
  Hourglass,
  Siren,
  SquareCheck,
} from 'lucide-react';
import type { ComponentType, SVGProps } from 'react';
import type { TicketPriority, TicketRelation, TicketStatus, TicketType } from '@/api/schema';
import { type Translate, useT } from '@/i18n/i18n';

interface Word {
  Icon: ComponentType<SVGProps<SVGSVGElement>>;
  ink: string;
  text: string;
}

/** Three bars of which some are lit: how high, also without the colour. */
function bars(lit: 1 | 2 | 3) {
  return (props: SVGProps<SVGSVGElement>) => (
    // biome-ignore lint/a11y/noSvgWithoutTitle: `Mark` names it or hides it
    <svg viewBox="0 0 16 16" fill="currentColor" {...props}>
      {[1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 5 - 3.5}
          y={13 - bar * 3.5}
          width="3"
          height={bar * 3.5 + 1}
          rx="1"
          opacity={bar > lit ? 0.3 : 1}
        />
      ))}
    </svg>
  );
}

const PriorityLow = bars(1);
const PriorityMedium = bars(2);
const PriorityHigh = bars(3);

export const statusWords: Record<TicketStatus, Word> = {
  open: { Icon: CircleDashed, ink: 'text-muted', text: 'tickets.statusOpen' },
  in_progress: { Icon: CircleDot, ink: 'text-accent-text', text: 'tickets.statusInProgress' },
  waiting: { Icon: Hourglass, ink: 'text-warning', text: 'tickets.statusWaiting' },
  resolved: { Icon: CircleCheck, ink: 'text-success', text: 'tickets.statusResolved' },
  closed: { Icon: CircleCheckBig, ink: 'text-muted', text: 'tickets.statusClosed' },
};

export const priorityWords: Record<TicketPriority, Word> = {
  urgent: { Icon: CircleAlert, ink: 'text-danger', text: 'tickets.priorityUrgent' },
  high: { Icon: PriorityHigh, ink: 'text-warning', text: 'tickets.priorityHigh' },
  medium: { Icon: PriorityMedium, ink: 'text-muted', text: 'tickets.priorityMedium' },
  low: { Icon: PriorityLow, ink: 'text-muted', text: 'tickets.priorityLow' },
};

export const typeWords: Record<TicketType, Word> = {
  task: { Icon: SquareCheck, ink: 'text-muted', text: 'tickets.typeTask' },
  bug: { Icon: Bug, ink: 'text-muted', text: 'tickets.typeBug' },
  question: { Icon: CircleQuestionMark, ink: 'text-muted', text: 'tickets.typeQuestion' },
  incident: { Icon: Siren, ink: 'text-muted', text: 'tickets.typeIncident' },
};

export const relationWords: Record<TicketRelation, string> = {
  blocks: 'tickets.relationBlocks',
  blocked_by: 'tickets.relationBlockedBy',
  relates: 'tickets.relationRelates',
  duplicates: 'tickets.relationDuplicates',
  duplicated_by: 'tickets.relationDuplicatedBy',
};

interface MarkProps {
  /** The word stands beside it: nothing to read out. */
  decorative?: boolean;
}

function Mark({ word, decorative = false }: { word: Word } & MarkProps) {
  const t = useT();
  const { Icon, ink, text } = word;
  const naming = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t(text) };
  return <Icon {...naming} className={`size-4 shrink-0 ${ink}`} />;
}

export const StatusMark = ({ status, ...rest }: { status: TicketStatus } & MarkProps) => (
  <Mark word={statusWords[status]} {...rest} />
);

export const PriorityMark = ({ priority, ...rest }: { priority: TicketPriority } & MarkProps) => (
  <Mark word={priorityWords[priority]} {...rest} />
);

export const TypeMark = ({ type, ...rest }: { type: TicketType } & MarkProps) => (
  <Mark word={typeWords[type]} {...rest} />
);

/** The columns that every organization begins with have English names; untouched, they read in the reader's language. */
const firstNames: Record<TicketStatus, string> = {
  open: 'Open',
  in_progress: 'In progress',
  waiting: 'Waiting',
  resolved: 'Resolved',
  closed: 'Closed',
};

export function columnName(t: Translate, column: { name: string; category: TicketStatus }): string {
  return column.name === firstNames[column.category] ? t(statusWords[column.category].text) : column.name;
}
