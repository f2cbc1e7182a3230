import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Hotkeys, shownKeys } from './hotkeys';

const press = (
  hotkeys: Hotkeys,
  key: string,
  init: KeyboardEventInit = {},
  target: EventTarget = document.body,
) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  hotkeys.handle(event);
  return event;
};

describe('Hotkeys', () => {
  let hotkeys: Hotkeys;
  const go = vi.fn();
  const create = vi.fn();
  const palette = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    hotkeys = new Hotkeys();
    hotkeys.add({ keys: 'g t', run: go });
    hotkeys.add({ keys: 'c', run: create });
    hotkeys.add({ keys: 'mod+k', everywhere: true, run: palette });
  });

  it('runs single keys, sequences and chords', () => {
    press(hotkeys, 'c');
    press(hotkeys, 'g');
    press(hotkeys, 't');
    press(hotkeys, 'k', { ctrlKey: true });
    expect([create, go, palette].map((run) => run.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it('keeps quiet while one types, but for chords that say so', () => {
    const input = document.createElement('input');
    press(hotkeys, 'c', {}, input);
    press(hotkeys, 'k', { ctrlKey: true }, input);
    expect(create).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('has single keys turned off where the person wants it so', () => {
    hotkeys.singleKeys = false;
    press(hotkeys, 'c');
    press(hotkeys, 'k', { metaKey: true });
    expect(create).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('does not take the second key of a sequence for a shortcut of its own', () => {
    hotkeys.add({ keys: 'o 1', run: vi.fn() });
    press(hotkeys, 'o');
    press(hotkeys, 'c');
    expect(create).not.toHaveBeenCalled();
  });

  it('gives a key to who asked last, and back when that one is gone', () => {
    const dialog = vi.fn();
    const remove = hotkeys.add({ keys: 'c', run: dialog });
    press(hotkeys, 'c');
    remove();
    press(hotkeys, 'c');
    expect(dialog).toHaveBeenCalledOnce();
    expect(create).toHaveBeenCalledOnce();
  });
});

it('writes keys the way they stand on a keyboard', () => {
  expect(shownKeys('mod+k')).toBe('Ctrl K');
  expect(shownKeys('g t')).toBe('G T');
});
