import { ProblemError } from './problem';
import { uuid } from './uuid';

export interface Upload {
  id: string;
  file: File;
  /** `ready`: the server has it, and it waits to be told what it belongs to. */
  state: 'waiting' | 'sending' | 'ready' | 'attaching' | 'failed';
  /** How much of it is sent, 0 to 1. */
  share: number;
  error?: unknown;
  /** What the server calls it, once it has it. */
  fileId?: string;
  /** It may be attached: nobody knows, since the answer was lost. */
  mayBelong?: boolean;
}

export interface UploadSteps {
  upload: (file: File, at: { signal: AbortSignal; onProgress: (share: number) => void }) => Promise<string>;
  /** Takes a file back that belongs to nothing. */
  discard: (fileId: string) => Promise<void>;
}

/** The key is the same however often one file is attached: the server does it once. */
export type Attach = (fileId: string, key: string) => Promise<void>;

/** More at once would only share the same line. */
const AT_ONCE = 2;

/**
 * Files on their way: sent, then attached to what they belong to, which may come into being meanwhile (`attachTo`). One that
 * failed stays until it is tried again or given up; one that is attached is gone from here.
 */
export class UploadQueue {
  readonly #steps: UploadSteps;
  readonly #aborts = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  #uploads: readonly Upload[] = [];
  #attach: Attach | undefined;

  constructor(steps: UploadSteps, attach?: Attach) {
    this.#steps = steps;
    this.#attach = attach;
  }

  readonly list = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Would something be lost with the page? */
  get isBusy(): boolean {
    return this.#uploads.some(({ state }) => state !== 'failed');
  }

  add(files: Iterable<File>): void {
    const added = [...files].map((file): Upload => ({ id: uuid(), file, state: 'waiting', share: 0 }));
    this.#set([...this.#uploads, ...added]);
    this.#next();
  }

  /** What they belong to is there: those that are ready are attached, the others when they are. */
  attachTo(attach: Attach): void {
    this.#attach = attach;
    for (const { id, state } of this.#uploads) if (state === 'ready') this.#change(id, { state: 'waiting' });
    this.#next();
  }

  retry(id: string): void {
    if (this.#find(id)?.state !== 'failed') return;
    this.#change(id, { state: 'waiting', error: undefined });
    this.#next();
  }

  /** Gives one up. What the server has of it already is taken back. */
  cancel(id: string): void {
    const upload = this.#find(id);
    // Whether it is attached by now, only the answer tells.
    if (!upload || upload.state === 'attaching') return;
    this.#drop(id);
    this.#aborts.get(id)?.abort();
    // Where that fails, and where it may be somebody's, the server does it after a day if it belongs to nothing.
    if (upload.fileId !== undefined && !upload.mayBelong)
      this.#steps.discard(upload.fileId).catch(() => undefined);
    this.#next();
  }

  cancelAll(): void {
    for (const { id } of this.#uploads) this.cancel(id);
  }

  #next(): void {
    const running = this.#uploads.filter(({ state }) => state === 'sending' || state === 'attaching').length;
    const waiting = this.#uploads.filter(({ state }) => state === 'waiting');
    for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - running))) void this.#run(upload);
  }

  async #run({ id, file, fileId: known }: Upload): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    try {
      const fileId = known ?? (await this.#send(id, file, abort.signal));
      if (!this.#find(id)) {
        // Given up while the answer was on its way.
        await this.#steps.discard(fileId).catch(() => undefined);
      } else if (this.#attach) {
        this.#change(id, { state: 'attaching', fileId, share: 1 });
        await this.#attach(fileId, id);
        this.#drop(id);
      } else {
        this.#change(id, { state: 'ready', fileId, share: 1 });
      }
    } catch (error) {
      const isLost =
        this.#find(id)?.state === 'attaching' && !(error instanceof ProblemError && !error.isUncertain);
      this.#change(id, { state: 'failed', error, ...(isLost && { mayBelong: true }) });
    } finally {
      this.#aborts.delete(id);
      this.#next();
    }
  }

  #send(id: string, file: File, signal: AbortSignal): Promise<string> {
    this.#change(id, { state: 'sending', share: 0 });
    return this.#steps.upload(file, { signal, onProgress: (share) => this.#change(id, { share }) });
  }

  #find(id: string): Upload | undefined {
    return this.#uploads.find((upload) => upload.id === id);
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  #drop(id: string): void {
    this.#set(this.#uploads.filter((upload) => upload.id !== id));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}
