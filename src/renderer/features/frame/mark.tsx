/** Spotloom's sign: threads crossing. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} role="img" aria-label="Spotloom" fill="none" strokeLinecap="round">
      <title>Spotloom</title>
      <g strokeWidth="2.6">
        <path d="M5 3.5v17M12 3.5v17M19 3.5v17" className="stroke-line-strong" />
        <path d="M3 7.5h4.5M10 7.5h11" className="stroke-hook" />
        <path d="M3 12h11M16.5 12H21" className="stroke-accent" />
        <path d="M3 16.5h4.5M10 16.5h11" className="stroke-cta" />
      </g>
    </svg>
  );
}
