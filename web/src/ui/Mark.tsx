/** The banner hung from its crossbar, cut into three tails. */
export function Mark({ size = 16 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">
      <path d="M1 1.25h14v1.7h-1.6v9.3L11.7 15l-1.6-2.75-.35-3.45-.35 3.45L8 15l-1.4-2.75-.35-3.45-.35 3.45L4.3 15l-1.7-2.75v-9.3H1z" />
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
