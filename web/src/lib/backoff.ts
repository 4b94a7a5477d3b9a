/** How long to wait before try number `attempt` (0, 1, …): doubling, capped, and spread so that clients do not return at once. */
export function backoffMs(
  attempt: number,
  {
    firstMs = 1000,
    longestMs = 30_000,
    random = Math.random,
  }: { firstMs?: number; longestMs?: number; random?: () => number } = {},
): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 20))
  return Math.round(ceiling * (0.5 + random() / 2))
}
