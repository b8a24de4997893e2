/** The banner hung from its crossbar, cut into three tails. */
export function Mark({ size = 16 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">
      <path d="M1 1.5h14v1.75h-1.25V14l-1.92-2.6L9.92 14 8 11.4 6.08 14l-1.91-2.6L2.25 14V3.25H1z" />
    </svg>
  );
}

/** The mark and the name. */
export function Wordmark({ size = 18 }: { size?: number }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: size * 0.5, color: "var(--g-accent)" }}>
      <Mark size={size * 1.1} />
      <span style={{ fontWeight: 650, fontSize: size, letterSpacing: "-0.02em", color: "var(--g-ink)", lineHeight: 1 }}>
        Gonfalon
      </span>
    </span>
  );
}
