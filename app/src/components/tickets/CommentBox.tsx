import { Lock, Users } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { CommentVisibility } from '@/api/schema';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useBootstrap } from '@/queries/bootstrap';
import { useWriteComment } from '@/queries/ticketComments';
import { MentionArea } from './MentionArea';
import { type Mentioned, toWire } from './mentions';
import type { People } from './use-people';

/** Guests neither see nor write what is internal; their rank is the lowest there is. */
const GUEST_RANK = 10;

export interface CommentBoxProps {
  ticket: string;
  people: People;
  root?: RefObject<HTMLDivElement | null>;
}

/** Writes a comment: to everybody, or a note among colleagues. */
export function CommentBox({ ticket, people, root }: CommentBoxProps) {
  const t = useT();
  const write = useWriteComment();
  const seesNotes = (useBootstrap()?.role.rank ?? GUEST_RANK) > GUEST_RANK;
  const [text, setText] = useState('');
  const [mentioned, setMentioned] = useState<readonly Mentioned[]>([]);
  const [visibility, setVisibility] = useState<CommentVisibility>('public');
  const internal = visibility === 'internal';

  // Guests see nobody whom they could mention.
  const placeholder = people.known
    ? t(internal ? 'tickets.notePlaceholder' : 'tickets.commentPlaceholder')
    : t('tickets.writeComment');

  const submit = () => {
    if (text.trim() === '' || write.isPending) return;
    write.mutate(
      { ticket, body: toWire(text.trim(), mentioned), visibility },
      {
        onSuccess: () => {
          setText('');
          setMentioned([]);
        },
      },
    );
  };
  const fault = write.error && (faultTexts(t, write.error).body ?? problemText(t, write.error));
  return (
    <div
      ref={root}
      className={`flex flex-col gap-2 rounded-control border p-2 ${internal ? 'border-transparent bg-warning-soft' : 'border-line bg-surface'}`}
    >
      <MentionArea
        label={t(internal ? 'tickets.writeNote' : 'tickets.writeComment')}
        placeholder={placeholder}
        value={text}
        people={people}
        invalid={Boolean(fault)}
        onValueChange={setText}
        onMention={(person) => setMentioned((before) => [...before, person])}
        onSubmit={submit}
      />
      {fault && (
        <p role="alert" className="text-danger text-meta">
          {fault}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {seesNotes ? (
          <Segmented
            label={t('tickets.visibility')}
            value={visibility}
            onValueChange={setVisibility}
            options={[
              { value: 'public', label: t('tickets.public'), icon: <Users /> },
              { value: 'internal', label: t('tickets.internal'), icon: <Lock /> },
            ]}
          />
        ) : (
          <span />
        )}
        <Button
          variant="primary"
          disabled={text.trim() === ''}
          busy={write.isPending}
          title={shownKeys('mod+Enter')}
          onClick={submit}
        >
          {t(internal ? 'tickets.addNote' : 'tickets.send')}
        </Button>
      </div>
    </div>
  );
}
