/** One shortcut: `g t` is a sequence, `mod+k` a chord (Ctrl, or Command on a Mac), `c` a single key. */
export interface Hotkey {
  keys: string;
  run: (event: KeyboardEvent) => void;
  /** Works also while one types. Only for chords. */
  everywhere?: boolean;
  /** The finished text for the sheet of shortcuts; without one it is not listed. */
  label?: string;
  group?: string;
}

const SEQUENCE_MS = 1200;

/** The shortcuts of what is on the screen. The one registered last wins, so a dialog can take a key from its page. */
export class Hotkeys {
  #bindings: Hotkey[] = [];
  #typed: string[] = [];
  #last = 0;
  #listeners = new Set<() => void>();
  /** Single keys and sequences can be turned off (WCAG 2.1.4); chords always work. */
  singleKeys = true;

  add(binding: Hotkey): () => void {
    this.#publish([...this.#bindings, binding]);
    return () => this.#publish(this.#bindings.filter((other) => other !== binding));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  all = (): readonly Hotkey[] => this.#bindings;

  handle(event: KeyboardEvent): void {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)
    )
      return;
    const typing = isTyping(event.target);
    const chord = chordOf(event);
    if (chord) {
      this.#typed = [];
      this.#run((key) => key.keys === chord && (!typing || key.everywhere === true), event);
      return;
    }
    if (typing || !this.singleKeys || inMenu(event.target)) return;
    if (event.timeStamp - this.#last > SEQUENCE_MS) this.#typed = [];
    this.#last = event.timeStamp;
    this.#typed = [...this.#typed, event.key.length === 1 ? event.key.toLowerCase() : event.key].slice(-2);
    const sequence = this.#typed.join(' ');
    if (this.#typed.length === 2 && this.#run((key) => key.keys === sequence, event)) return;
    const single = this.#typed.at(-1) ?? '';
    // `o 1` shall not also be the shortcut of `1`.
    const pending = this.#bindings.some((key) => key.keys.startsWith(`${this.#typed[0]} `));
    if (this.#typed.length === 2 && pending) {
      this.#typed = [];
      return;
    }
    this.#run((key) => key.keys.toLowerCase() === single.toLowerCase(), event);
  }

  #run(matches: (key: Hotkey) => boolean, event: KeyboardEvent): boolean {
    const found = this.#bindings.findLast(matches);
    if (!found) return false;
    this.#typed = [];
    event.preventDefault();
    found.run(event);
    return true;
  }

  #publish(next: Hotkey[]): void {
    this.#bindings = next;
    for (const listener of this.#listeners) listener();
  }
}

function chordOf(event: KeyboardEvent): string | undefined {
  if (!(event.ctrlKey || event.metaKey) && !event.altKey) return undefined;
  const mods = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
  ];
  return [...mods.filter(Boolean), event.key.toLowerCase()].join('+');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
  );
}

/** Menus and lists have typeahead of their own. */
function inMenu(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('[role=menu], [role=listbox], [role=dialog]') !== null
  );
}

export const hotkeys = new Hotkeys();

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `mod+k` -> `Ctrl K` or `⌘ K`, for `Kbd` and menus. */
export function shownKeys(keys: string): string {
  return keys
    .split(/[+ ]/)
    .map((key) => (key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key))
    .join(' ');
}
