import { useState } from 'react';
import type { TicketComment } from '@/api/schema';
import { Markdown } from '@/components/patterns/Markdown';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useEditComment } from '@/queries/ticketComments';
import { CommentFiles } from './files';
import { MentionArea } from './MentionArea';
import { MentionMark } from './MentionMark';
import { toBox, toWire } from './mentions';
import type { People } from './use-people';

export interface CommentBodyProps {
  ticket: string;
  comment: TicketComment;
  people: People;
  editing: boolean;
  onDone: () => void;
}

/** What a comment says, or the box to say it in other words. */
export function CommentBody({ ticket, comment, people, editing, onDone }: CommentBodyProps) {
  const t = useT();
  if (comment.body === null || comment.body === undefined) {
    return <p className="text-dense text-muted italic">{t('tickets.commentDeleted')}</p>;
  }
  if (editing) {
    return (
      <EditComment ticket={ticket} comment={comment} body={comment.body} people={people} onDone={onDone} />
    );
  }
  return (
    <>
      <Markdown
        text={comment.body}
        mention={(name, id) => <MentionMark name={name} id={id} people={people} />}
      />
      <CommentFiles ticket={ticket} comment={comment.id} />
    </>
  );
}

interface EditCommentProps extends Omit<CommentBodyProps, 'editing'> {
  body: string;
}

function EditComment({ ticket, comment, body, people, onDone }: EditCommentProps) {
  const t = useT();
  const edit = useEditComment();
  const [begin] = useState(() => toBox(body));
  const [text, setText] = useState(begin.text);
  const [mentioned, setMentioned] = useState(begin.mentioned);
  const submit = () => {
    const next = toWire(text.trim(), mentioned);
    if (next === '' || edit.isPending) return;
    if (next === body) {
      onDone();
      return;
    }
    edit.mutate(
      { ticket, id: comment.id, version: comment.version, body: next },
      {
        onSuccess: () => {
          onDone();
          toast({ title: t('tickets.commentSaved'), tone: 'success' });
        },
      },
    );
  };
  const fault = edit.error && (faultTexts(t, edit.error).body ?? problemText(t, edit.error));
  return (
    <div className="flex flex-col gap-2">
      <MentionArea
        autoFocus
        label={t('tickets.editComment')}
        value={text}
        people={people}
        invalid={Boolean(fault)}
        onValueChange={setText}
        onMention={(person) => setMentioned((before) => [...before, person])}
        onSubmit={submit}
        onCancel={onDone}
      />
      {fault && (
        <p role="alert" className="text-danger text-meta">
          {fault}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          {t('patterns.cancel')}
        </Button>
        <Button
          size="sm"
          variant="primary"
          busy={edit.isPending}
          disabled={text.trim() === ''}
          onClick={submit}
        >
          {t('tickets.save')}
        </Button>
      </div>
    </div>
  );
}
