import type { Job } from '@/api/schema';
import type { Tone } from '@/components/ui/badge';

export interface JobError {
  at: string | undefined;
  attempt: number | undefined;
  error: string;
}

/** The errors of a job, oldest first. What has another shape is shown as it is. */
export function jobErrors({ errors }: Pick<Job, 'errors'>): JobError[] {
  return errors.map((raw) => {
    if (typeof raw !== 'object' || raw === null)
      return { at: undefined, attempt: undefined, error: String(raw) };
    const { at, attempt, error } = raw as Record<string, unknown>; // The document does not describe the parts.
    return {
      at: typeof at === 'string' ? at : undefined,
      attempt: typeof attempt === 'number' ? attempt : undefined,
      error: typeof error === 'string' ? error : JSON.stringify(raw),
    };
  });
}

/** A chain of causes, as errors are written: `cannot send: connection refused: timed out`. */
export function causes(error: string): string[] {
  return error
    .split(/:\s+(?=\S)/)
    .map((part) => part.trim())
    .filter(Boolean);
}

const tones: Record<string, Tone> = {
  ready: 'info',
  running: 'accent',
  done: 'success',
  dead: 'danger',
  cancelled: 'neutral',
};

export const stateTone = (state: string): Tone => tones[state] ?? 'neutral';

export const canRequeue = ({ state }: Pick<Job, 'state'>) => state === 'dead';
export const canDiscard = ({ state }: Pick<Job, 'state'>) => state === 'dead' || state === 'ready';
