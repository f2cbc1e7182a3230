import type { Ticket } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { useFormat } from '@/components/ui/preferences';
import { Tooltip } from '@/components/ui/tooltip';
import { DueMark } from './DueMark';
import { TagList } from './TagList';
import type { People } from './use-people';
import { PriorityMark, TypeMark } from './words';

/** Inside of a card of the board: number, title in two lines, tags, due, who has it. */
export function TicketCard({ ticket, people }: { ticket: Ticket; people: People }) {
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1.5 text-meta text-muted">
        <TypeMark type={ticket.type} />
        <span className="num">#{format.number(ticket.number)}</span>
      </div>
      <p className="line-clamp-2 font-medium text-dense">{ticket.title}</p>
      <div className="flex min-h-5 items-center gap-1.5">
        <PriorityMark priority={ticket.priority} />
        <TagList tags={ticket.tags} most={2} />
        <span className="ml-auto flex shrink-0 items-center gap-1.5">
          <DueMark ticket={ticket} />
          {ticket.assigneeId && (
            <Tooltip text={people.name(ticket.assigneeId)}>
              <span>
                <Avatar
                  name={people.name(ticket.assigneeId)}
                  src={people.picture(ticket.assigneeId)}
                  size="sm"
                />
              </span>
            </Tooltip>
          )}
        </span>
      </div>
    </div>
  );
}
