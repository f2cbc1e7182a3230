import { Lock, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CommentVisibility } from '@/api/schema';
import type { Draft } from '@/components/files/attachments';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useT } from '@/i18n/i18n';
import { shownKeys } from '@/lib/hotkeys';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useBootstrap, useCan } from '@/queries/bootstrap';
import { useWriteComment } from '@/queries/ticketComments';
import { DraftFiles, PickForComment } from './files';
import { MentionArea } from './MentionArea';
import { type Mentioned, toWire } from './mentions';
import type { People } from './use-people';

/** Guests neither see nor write what is internal; their rank is the lowest there is. */
const GUEST_RANK = 10;

export interface CommentBoxProps {
  ticket: string;
  people: People;
}

/** Writes a comment: to everybody, or a note among colleagues. */
export function CommentBox({ ticket, people }: CommentBoxProps) {
  const t = useT();
  const write = useWriteComment();
  const seesNotes = (useBootstrap()?.role.rank ?? GUEST_RANK) > GUEST_RANK;
  const [text, setText] = useState('');
  const [mentioned, setMentioned] = useState<readonly Mentioned[]>([]);
  const [visibility, setVisibility] = useState<CommentVisibility>('public');
  const [draft, setDraft] = useState<Draft>();
  const box = useRef<HTMLDivElement>(null);
  const mayAttach = useCan('ticket_attachments_create');
  const internal = visibility === 'internal';
  // Files alone are a comment too.
  const empty = text.trim() === '' && !draft?.count;

  // Guests see nobody whom they could mention.
  const placeholder = people.known
    ? t(internal ? 'tickets.notePlaceholder' : 'tickets.commentPlaceholder')
    : t('tickets.writeComment');

  const submit = () => {
    if (empty || write.isPending) return;
    const body = toWire(text.trim(), mentioned) || (draft?.onlyFiles ?? '');
    // Not as a callback of `mutate`: those end with the page, and the files would wait for another comment.
    write.mutateAsync({ ticket, body, visibility }).then(
      ({ id }) => {
        draft?.follow(id);
        setText('');
        setMentioned([]);
      },
      // Shown by `write.error`.
      () => undefined,
    );
  };
  const fault = write.error && (faultTexts(t, write.error).body ?? problemText(t, write.error));
  return (
    <div
      ref={box}
      className={`relative flex flex-col gap-2 rounded-control border p-2 ${internal ? 'border-transparent bg-warning-soft' : 'border-line bg-surface'}`}
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
      {mayAttach && <DraftFiles ticket={ticket} area={box} onChange={setDraft} />}
      <div className="flex flex-wrap items-center gap-2">
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
        ) : null}
        {mayAttach && <PickForComment ticket={ticket} />}
        <Button
          className="ml-auto"
          variant="primary"
          disabled={empty}
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
