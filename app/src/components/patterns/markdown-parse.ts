export type Block =
  | { kind: 'paragraph'; lines: string[] }
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'rule' };

export interface ListItem {
  text: string;
  blocks: Block[];
}

export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; spans: Span[] }
  | { kind: 'emphasis'; spans: Span[] }
  | { kind: 'strike'; spans: Span[] }
  | { kind: 'link'; href: string; spans: Span[] }
  | { kind: 'mention'; name: string; id: string };

const FENCE = /^\s{0,3}```/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const QUOTE = /^\s{0,3}>\s?/;
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/;
/** Deeper nesting than anybody writes is read as text, so that no input can exhaust the stack. */
const DEEPEST = 8;

/** The blocks of a text: the common part of Markdown, read line by line. */
export function blocksOf(text: string, depth = 0): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const [block, next] = blockAt(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function blockAt(lines: readonly string[], at: number, depth: number): [Block, number] {
  const line = lines[at] ?? '';
  if (FENCE.test(line)) return codeAt(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [{ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' }, at + 1];
  if (RULE.test(line)) return [{ kind: 'rule' }, at + 1];
  if (QUOTE.test(line) && depth < DEEPEST) {
    const end = endOf(lines, at, (other) => QUOTE.test(other));
    const inner = lines.slice(at, end).map((other) => other.replace(QUOTE, ''));
    return [{ kind: 'quote', blocks: blocksOf(inner.join('\n'), depth + 1) }, end];
  }
  if (ITEM.test(line) && depth < DEEPEST) return listAt(lines, at, depth);
  const end = endOf(lines, at + 1, (other) => other.trim() !== '' && !begins(other));
  return [{ kind: 'paragraph', lines: lines.slice(at, end) }, end];
}

/** The first line from here on that does not hold. */
function endOf(lines: readonly string[], at: number, holds: (line: string) => boolean): number {
  let end = at;
  while (end < lines.length && holds(lines[end] ?? '')) end += 1;
  return end;
}

const begins = (line: string) => [FENCE, HEADING, RULE, QUOTE, ITEM].some((mark) => mark.test(line));

function codeAt(lines: readonly string[], at: number): [Block, number] {
  const end = endOf(lines, at + 1, (line) => !FENCE.test(line));
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1];
}

function listAt(lines: readonly string[], at: number, depth: number): [Block, number] {
  const first = ITEM.exec(lines[at] ?? '');
  const indent = first?.[1]?.length ?? 0;
  const ordered = first?.[3] !== undefined;
  const items: ListItem[] = [];
  let place = at;
  while (place < lines.length) {
    const item = ITEM.exec(lines[place] ?? '');
    const isNext = item && (item[1]?.length ?? 0) === indent && (item[3] !== undefined) === ordered;
    if (!isNext) break;
    // What is indented deeper belongs to the item.
    const end = endOf(lines, place + 1, (line) => /^\s+\S/.test(line) && leading(line) > indent);
    const inner = lines.slice(place + 1, end).join('\n');
    items.push({ text: item[4] ?? '', blocks: blocksOf(outdented(inner), depth + 1) });
    place = end;
  }
  // An item that is indented otherwise than the first still has to be left behind.
  if (place === at) return [{ kind: 'paragraph', lines: [lines[at] ?? ''] }, at + 1];
  return [{ kind: 'list', ordered, start: Number(first?.[3] ?? 1), items }, place];
}

const leading = (line: string) => line.length - line.trimStart().length;

function outdented(text: string): string {
  const least = Math.min(...text.split('\n').map(leading));
  return text
    .split('\n')
    .map((line) => line.slice(least))
    .join('\n');
}

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** What can stand within a line, the first that fits wins. Only addresses that cannot run anything become links. */
const MARKS: readonly [RegExp, (found: RegExpExecArray, depth: number) => Span][] = [
  [/`([^`\n]+)`/y, ([, text = '']) => ({ kind: 'code', text })],
  [
    new RegExp(`@\\[([^\\]\\n]+)\\]\\((${UUID})\\)`, 'y'),
    ([, name = '', id = '']) => ({ kind: 'mention', name, id }),
  ],
  [
    /\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:)[^\s)]+)\)/y,
    ([, text = '', href = ''], depth) => ({ kind: 'link', href, spans: spansOf(text, depth) }),
  ],
  [
    /https?:\/\/[^\s<>()]*[^\s<>().,;:!?'"]/y,
    ([href]) => ({ kind: 'link', href, spans: [{ kind: 'text', text: href }] }),
  ],
  [
    /\*\*(?=\S)([^\n]{0,1000}?\S)\*\*/y,
    ([, text = ''], depth) => ({ kind: 'strong', spans: spansOf(text, depth) }),
  ],
  [
    /~~(?=\S)([^\n]{0,1000}?\S)~~/y,
    ([, text = ''], depth) => ({ kind: 'strike', spans: spansOf(text, depth) }),
  ],
  [
    /\*(?=\S)([^*\n]{0,1000}?\S)\*/y,
    ([, text = ''], depth) => ({ kind: 'emphasis', spans: spansOf(text, depth) }),
  ],
  [
    /(?<![\p{L}\p{N}])_(?=\S)([^_\n]{0,1000}?\S)_(?![\p{L}\p{N}])/uy,
    ([, text = ''], depth) => ({ kind: 'emphasis', spans: spansOf(text, depth) }),
  ],
];

const ESCAPE = /\\([\\`*_~[\]()#>@.!+-])/y;
/** Where a mark can begin; everything between is plain text. */
const PLAIN = /[^\\`@[*~_h]+/y;

export function spansOf(text: string, depth = 0): Span[] {
  const spans: Span[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') spans.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (at < text.length) {
    const run = match(PLAIN, text, at) ?? match(ESCAPE, text, at);
    if (run) {
      plain += run[1] ?? run[0];
      at += run[0].length;
      continue;
    }
    const found = depth < DEEPEST ? firstMark(text, at, depth + 1) : undefined;
    if (found) {
      flush();
      spans.push(found.span);
      at += found.length;
      continue;
    }
    plain += text[at];
    at += 1;
  }
  flush();
  return spans;
}

function firstMark(text: string, at: number, depth: number): { span: Span; length: number } | undefined {
  for (const [mark, make] of MARKS) {
    const found = match(mark, text, at);
    if (found) return { span: make(found, depth), length: found[0].length };
  }
  return undefined;
}

function match(mark: RegExp, text: string, at: number): RegExpExecArray | null {
  mark.lastIndex = at;
  return mark.exec(text);
}
