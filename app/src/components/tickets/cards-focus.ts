/** The card that has the focus, whether it is on the board or in the list. */
export function focusedCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-card]') ?? null;
}

/** Brings the focus to the next or the previous card of the same column or list; to the first one if none has it. */
export function stepFocus(root: HTMLElement | null, step: 1 | -1): void {
  const card = focusedCard();
  const scope = card?.closest('[data-cards]') ?? card?.closest('ul') ?? root;
  const cards = [...(scope?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
  const index = card ? cards.indexOf(card) + step : 0;
  cards[index]?.focus();
}
