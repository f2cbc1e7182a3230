export type MarkdownMark = 'bold' | 'italic' | 'code' | 'link' | 'list';

export interface Marked {
  text: string;
  from: number;
  to: number;
}

const pairs = { bold: '**', italic: '_', code: '`' } as const;

/** Puts a mark around the selection, or takes it away when it is there already. */
export function markText(text: string, from: number, to: number, kind: MarkdownMark): Marked {
  if (kind === 'list') return listed(text, from, to);
  if (kind === 'link') return linked(text, from, to);
  const mark = pairs[kind];
  const size = mark.length;
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark) {
    const bare = text.slice(0, from - size) + text.slice(from, to) + text.slice(to + size);
    return { text: bare, from: from - size, to: to - size };
  }
  const marked = text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to);
  return { text: marked, from: from + size, to: to + size };
}

function linked(text: string, from: number, to: number): Marked {
  const target = 'https://';
  const marked = `${text.slice(0, from)}[${text.slice(from, to)}](${target})${text.slice(to)}`;
  // Without a selection the name comes first, otherwise the address.
  const start = from === to ? from + 1 : to + 3;
  return { text: marked, from: start, to: from === to ? start : start + target.length };
}

function listed(text: string, from: number, to: number): Marked {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(start, to).split('\n');
  const all = lines.every((line) => line.startsWith('- '));
  const next = lines.map((line) => (all ? line.slice(2) : `- ${line}`)).join('\n');
  const end = start + next.length;
  return { text: text.slice(0, start) + next + text.slice(to), from: end, to: end };
}
