import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from './problem';
import { UploadQueue, type UploadSteps } from './upload-queue';

const aFile = (name: string) => new File(['x'], name);
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A server that answers when it is told to. */
function slowServer() {
  const calls: {
    name: string;
    signal: AbortSignal;
    onProgress: (share: number) => void;
    done: (id: string) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const discard = vi.fn(async (_: string) => undefined);
  const steps: UploadSteps = {
    upload: (file, at) =>
      new Promise((done, fail) => {
        at.signal.addEventListener('abort', () => fail(new Error('aborted')));
        calls.push({ name: file.name, ...at, done, fail });
      }),
    discard,
  };
  return { steps, calls, discard };
}

const states = (queue: UploadQueue) => queue.list().map(({ file, state }) => `${file.name} ${state}`);

describe('files on their way', () => {
  it('go two at a time, each with its progress, and are gone when they are attached', async () => {
    const { steps, calls } = slowServer();
    const attach = vi.fn(async () => undefined);
    const queue = new UploadQueue(steps, attach);
    queue.add([aFile('a'), aFile('b'), aFile('c')]);
    expect(states(queue)).toEqual(['a sending', 'b sending', 'c waiting']);
    calls[1]?.onProgress(0.4);
    expect(queue.list()[1]?.share).toBe(0.4);
    calls[0]?.done('file-a');
    await settled();
    expect(attach).toHaveBeenCalledExactlyOnceWith('file-a', expect.any(String));
    expect(states(queue)).toEqual(['b sending', 'c sending']);
    calls[1]?.done('file-b');
    calls[2]?.done('file-c');
    await settled();
    expect(queue.list()).toEqual([]);
    expect(queue.isBusy).toBe(false);
  });

  it('wait for what they belong to, also those that are still being sent then', async () => {
    const { steps, calls } = slowServer();
    const queue = new UploadQueue(steps);
    queue.add([aFile('early'), aFile('late')]);
    calls[0]?.done('file-early');
    await settled();
    expect(states(queue)).toEqual(['early ready', 'late sending']);
    const attach = vi.fn(async (..._: [fileId: string, key: string]) => undefined);
    queue.attachTo(attach);
    await settled();
    calls[1]?.done('file-late');
    await settled();
    expect(attach.mock.calls.map(([file]) => file)).toEqual(['file-early', 'file-late']);
    expect(queue.list()).toEqual([]);
  });

  it('one that fails holds up nobody, and is tried again only when asked', async () => {
    const { steps, calls } = slowServer();
    const queue = new UploadQueue(steps, async () => undefined);
    queue.add([aFile('bad'), aFile('good'), aFile('next')]);
    const refused = new Error('refused');
    calls[0]?.fail(refused);
    await settled();
    expect(states(queue)).toEqual(['bad failed', 'good sending', 'next sending']);
    expect(queue.list()[0]?.error).toBe(refused);
    calls[1]?.done('file-good');
    calls[2]?.done('file-next');
    await settled();
    expect(queue.isBusy).toBe(false);
    queue.retry(queue.list()[0]?.id ?? '');
    expect(states(queue)).toEqual(['bad sending']);
    expect(queue.list()[0]?.error).toBeUndefined();
    calls[3]?.done('file-bad');
    await settled();
    expect(queue.list()).toEqual([]);
  });

  it('what was sent but not attached is not sent twice', async () => {
    const { steps, calls } = slowServer();
    const attach = vi.fn(async (_: string) => undefined).mockRejectedValueOnce(new Error('offline'));
    const queue = new UploadQueue(steps, attach);
    queue.add([aFile('a')]);
    calls[0]?.done('file-a');
    await settled();
    expect(states(queue)).toEqual(['a failed']);
    queue.retry(queue.list()[0]?.id ?? '');
    await settled();
    expect(calls).toHaveLength(1);
    expect(attach).toHaveBeenCalledTimes(2);
    expect(queue.list()).toEqual([]);
  });

  it('what may be attached is not taken back, and is attached under one key however often', async () => {
    const { steps, calls, discard } = slowServer();
    const attach = vi.fn(async (..._: [fileId: string, key: string]): Promise<void> => undefined);
    attach.mockRejectedValueOnce(new ProblemError({ status: 0 })).mockRejectedValue(new Error('offline'));
    const queue = new UploadQueue(steps, attach);
    queue.add([aFile('a')]);
    calls[0]?.done('file-a');
    await settled();
    queue.retry(queue.list()[0]?.id ?? '');
    await settled();
    const [first, second] = attach.mock.calls;
    expect(second).toEqual(first);
    queue.cancelAll();
    expect(queue.list()).toEqual([]);
    expect(discard).not.toHaveBeenCalled();
  });

  it('what was refused for certain is taken back', async () => {
    const { steps, calls, discard } = slowServer();
    const queue = new UploadQueue(steps, async () => {
      throw new ProblemError({ status: 422, code: 'invalid_input' });
    });
    queue.add([aFile('a')]);
    calls[0]?.done('file-a');
    await settled();
    queue.cancelAll();
    expect(discard).toHaveBeenCalledExactlyOnceWith('file-a');
  });

  it('one that is given up is cut off, and the next begins', async () => {
    const { steps, calls, discard } = slowServer();
    const queue = new UploadQueue(steps);
    queue.add([aFile('a'), aFile('b'), aFile('c')]);
    queue.cancel(queue.list()[0]?.id ?? '');
    expect(calls[0]?.signal.aborted).toBe(true);
    await settled();
    expect(states(queue)).toEqual(['b sending', 'c sending']);
    expect(discard).not.toHaveBeenCalled();
  });

  it('one that is given up when the server has it is taken back there', async () => {
    const { steps, calls, discard } = slowServer();
    const queue = new UploadQueue({ ...steps });
    queue.add([aFile('a')]);
    calls[0]?.done('file-a');
    await settled();
    queue.cancel(queue.list()[0]?.id ?? '');
    expect(discard).toHaveBeenCalledExactlyOnceWith('file-a');
    expect(queue.list()).toEqual([]);
  });

  it('an answer that comes after it was given up is taken back too', async () => {
    const { calls, discard } = slowServer();
    let done: (id: string) => void = () => undefined;
    const upload = () =>
      new Promise<string>((resolve) => {
        done = resolve;
      });
    const queue = new UploadQueue({ upload, discard }, async () => undefined);
    queue.add([aFile('a')]);
    queue.cancel(queue.list()[0]?.id ?? '');
    done('file-a');
    await settled();
    expect(discard).toHaveBeenCalledExactlyOnceWith('file-a');
    expect(calls).toEqual([]);
  });
});
