import type { People } from './use-people';

/** A person in a text. By the name of today, if it is known; the id alone counts. */
export function MentionMark({ name, id, people }: { name: string; id: string; people: People }) {
  const person = people.all.find((candidate) => candidate.id === id);
  const look = id === people.me ? 'bg-warning-soft text-warning' : 'bg-accent-soft text-accent-text';
  return <span className={`rounded-chip px-1 font-medium ${look}`}>@{person?.name ?? name}</span>;
}
