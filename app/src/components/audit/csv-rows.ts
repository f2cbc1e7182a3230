/** How many records a CSV file has below its head; a line break inside of quotes ends none. */
export function csvRows(text: string): number {
  let quoted = false;
  let lines = 0;
  let filled = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === '\n' && !quoted) {
      lines += filled ? 1 : 0;
      filled = false;
    } else if (character !== '\r') filled = true;
  }
  return Math.max(0, lines + (filled ? 1 : 0) - 1);
}
