import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '@/stores/session';
import type { Filter } from './tickets-link';

interface TicketsLinkProps {
  link?: Filter['link'];
  className?: string;
  children: ReactNode;
}

/** The list of tickets, by a filter. */
export function TicketsLink({ link = {}, className, children }: TicketsLinkProps) {
  const slug = useSession((session) => session.organization?.slug ?? '');
  return (
    <Link to="/o/$slug/tickets" params={{ slug }} search={link} className={className}>
      {children}
    </Link>
  );
}

/** One ticket. The text stands between the tags of a message where there is no child. */
export function TicketLink(props: { id: string; className?: string; children?: ReactNode }) {
  const slug = useSession((session) => session.organization?.slug ?? '');
  return (
    <Link to="/o/$slug/tickets/$ticketId" params={{ slug, ticketId: props.id }} className={props.className}>
      {props.children}
    </Link>
  );
}
