/** The mark, and beside it the name. */
export function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold text-section">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 text-accent">
        <rect width="32" height="32" rx="7" fill="currentColor" />
        <path
          d="M8 23V10l8 8 8-8v13"
          className="stroke-on-fill"
          fill="none"
          strokeWidth="3.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Mero Jugx
    </span>
  );
}
