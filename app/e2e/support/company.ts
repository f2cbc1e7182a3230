import type { Body, Ok } from '@/api/types';
import { type Mailings, mailings } from './mailings';
import { type Papers, papers } from './papers';
import { owner, type Person } from './people';
import { unique } from './place';

/** A small organization at work: what pages need in order to have something to show. */
export interface Company {
  owner: Person;
  member: Person;
  tickets: Ok<'tickets_create'>[];
  papers: Papers;
  mailings: Mailings;
}

const words = [
  'Rice sacks arrived torn at the Patan shop',
  'Invoice shows the old PAN number',
  'Card reader at the New Road counter stops at noon',
  'Add Bhaktapur to the delivery zones',
  'Supplier wants payment in two parts',
  'Scale at the depot is off by 40 g',
];
const priorities = ['urgent', 'high', 'medium', 'low'] as const;

export async function company(): Promise<Company> {
  const boss = await owner('Sunita Shrestha', unique('Himal Traders '));
  const member = await boss.colleague('Bikash Tamang');
  await boss.invite(`${unique('guest.')}@example.com`);
  const tickets: Ok<'tickets_create'>[] = [];
  for (const [index, title] of words.entries()) {
    const late = new Date(Date.now() - index * 86_400_000).toISOString();
    tickets.push(
      await boss.ticket(title, {
        description: 'The driver asks for a **new delivery slot** before noon.\n\n- one\n- two',
        priority: priorities[index % priorities.length] ?? 'medium',
        tags: index % 2 === 0 ? ['delivery'] : ['shop', 'patan'],
        ...(index % 2 === 0 && { assigneeId: boss.id }),
        ...(index % 3 === 0 && { dueAt: late }),
      }),
    );
  }
  const [first] = tickets;
  if (!first) throw new Error('no ticket');
  const body: Body<'ticket_comments_create'> = { body: `@[Sunita Shrestha](${boss.id}) is this still so?` };
  await member.send('POST', `/tickets/${first.id}/comments`, body);
  await boss.newRole('Night shift', ['organization:read', 'tickets:read']);
  return { owner: boss, member, tickets, papers: await papers(boss), mailings: await mailings(boss) };
}
