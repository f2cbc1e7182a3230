// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scroll area has to be reachable by keyboard
import { useState } from 'react';
import type { TicketBoard, TicketTransition } from '@/api/schema';
import { ConflictBar } from '@/components/patterns/ConflictBar';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup } from '@/components/ui/radio';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { useSetTransitions } from '@/queries/ticketBoard';
import { mayMove } from './board-rules';
import { columnName } from './words';

const keyOf = (from: string, to: string) => `${from} ${to}`;

function allowedNow(board: TicketBoard): Set<string> {
  const pairs = board.columns.flatMap((from) =>
    board.columns
      .filter((to) => to.id !== from.id && mayMove(board, from.id, to.id))
      .map((to) => keyOf(from.id, to.id)),
  );
  return new Set(pairs);
}

type Mode = 'usual' | 'only';
const modeOf = (board: TicketBoard): Mode => (board.transitions ? 'only' : 'usual');

/** Does the board allow something else than these moves? */
function differs(board: TicketBoard, mode: Mode, allowed: ReadonlySet<string>): boolean {
  const before = allowedNow(board);
  const isOther = before.size !== allowed.size || [...before].some((key) => !allowed.has(key));
  return mode !== modeOf(board) || (mode === 'only' && isOther);
}

/** Which moves are allowed: the usual ones, or those that are ticked. Mount it anew for other columns. */
export function TransitionSettings({ board }: { board: TicketBoard }) {
  const t = useT();
  const save = useSetTransitions();
  // What the ticks were made over: the board may change under them.
  const [base, setBase] = useState(board);
  const [mode, setMode] = useState(modeOf(board));
  const [allowed, setAllowed] = useState(() => allowedNow(board));
  const changed = differs(base, mode, allowed);
  const contested = differs(board, modeOf(base), allowedNow(base)) && differs(board, mode, allowed);
  const adopt = () => {
    setBase(board);
    setMode(modeOf(board));
    setAllowed(allowedNow(board));
  };
  if (board.version > base.version && !changed) adopt();
  else if (board.version > base.version && !contested) setBase(board);
  const toggle = (key: string, on: boolean) => {
    const next = new Set(allowed);
    if (on) next.add(key);
    else next.delete(key);
    setAllowed(next);
  };
  const submit = (over = base) => {
    const transitions: TicketTransition[] = board.columns.flatMap((from) =>
      board.columns
        .filter((to) => allowed.has(keyOf(from.id, to.id)))
        .map((to) => ({ fromColumnId: from.id, toColumnId: to.id })),
    );
    save.mutate(
      { body: { transitions: mode === 'usual' ? null : transitions }, version: over.version },
      {
        onSuccess: (after) => {
          setBase(after);
          toast({ title: t('tickets.movesSaved'), tone: 'success' });
        },
        onError: (error) =>
          toast({ title: t('tickets.notSaved'), description: problemText(t, error), tone: 'danger' }),
      },
    );
  };
  return (
    <section aria-labelledby="moves" className="flex flex-col gap-3">
      <div>
        <h2 id="moves" className="font-semibold text-section">
          {t('tickets.moves')}
        </h2>
        <p className="text-dense text-muted">{t('tickets.movesHint')}</p>
      </div>
      <RadioGroup
        label={t('tickets.moves')}
        value={mode}
        onValueChange={setMode}
        options={[
          { value: 'usual', label: t('tickets.movesUsual'), hint: t('tickets.movesUsualHint') },
          { value: 'only', label: t('tickets.movesOnly') },
        ]}
      />
      {mode === 'only' && <Matrix board={board} allowed={allowed} onToggle={toggle} />}
      {changed && contested && !save.isPending && (
        <ConflictBar
          message={t('patterns.conflictMany', { fields: t('tickets.moves') })}
          onKeepMine={() => submit(board)}
          onTakeTheirs={adopt}
        />
      )}
      <div className="flex justify-end">
        <Button
          variant="primary"
          disabled={!changed || contested}
          busy={save.isPending}
          onClick={() => submit()}
        >
          {t('tickets.save')}
        </Button>
      </div>
    </section>
  );
}

interface MatrixProps {
  board: TicketBoard;
  allowed: ReadonlySet<string>;
  onToggle: (key: string, on: boolean) => void;
}

function Matrix({ board, allowed, onToggle }: MatrixProps) {
  const t = useT();
  return (
    <section
      tabIndex={0}
      aria-label={t('tickets.movesTable')}
      className="overflow-x-auto rounded-control border border-line"
    >
      <table className="w-full text-dense">
        <thead>
          <tr className="border-line border-b">
            <th scope="col" className="px-3 py-2 text-left font-normal text-muted">
              {t('tickets.fromTo')}
            </th>
            {board.columns.map((to) => (
              <th key={to.id} scope="col" className="px-2 py-2 text-center font-medium">
                {columnName(t, to)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.columns.map((from) => (
            <tr key={from.id} className="border-line border-b last:border-0">
              <th scope="row" className="px-3 py-2 text-left font-medium">
                {columnName(t, from)}
              </th>
              {board.columns.map((to) => {
                const key = keyOf(from.id, to.id);
                return (
                  <td key={to.id} className="px-2 py-1">
                    <span className="flex justify-center">
                      {from.id !== to.id && (
                        <Checkbox
                          hideLabel
                          label={t('tickets.moveFromTo', {
                            from: columnName(t, from),
                            to: columnName(t, to),
                          })}
                          checked={allowed.has(key)}
                          onCheckedChange={(on) => onToggle(key, on)}
                        />
                      )}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
