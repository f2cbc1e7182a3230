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
  const href: string = `/o/${slug}/tickets`;
  return (
    <Link to={href} search={link} className={className}>
      {children}
    </Link>
  );
}

/** One ticket. The text stands between the tags of a message where there is no child. */
export function TicketLink(props: { id: string; className?: string; children?: ReactNode }) {
  const slug = useSession((session) => session.organization?.slug ?? '');
  const href: string = `/o/${slug}/tickets/${props.id}`;
  return (
    <Link to={href} className={props.className}>
      {props.children}
    </Link>
  );
}
