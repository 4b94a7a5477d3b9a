/** The mark: a screen that plays. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#4a5bcb" />
      <rect x="8" y="8.5" width="16" height="11" rx="2.5" fill="none" stroke="#fff" strokeWidth="2" />
      <path d="M14.2 11.700v4.600l4-2.300z" fill="#fff" />
      <path d="M12 23.500h8" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
