/** Points of a line, from 0 (left, bottom) to 1 (right, top). A line that is interrupted is several. */
export interface Point {
  x: number
  y: number
}

export interface Measured {
  at: number
  value: number | null
}

/** Cuts a line where samples are missing for longer than two of their distances, or say nothing. */
export function lines(
  samples: readonly Measured[],
  from: number,
  to: number,
  most: number,
  everyMs: number,
): Point[][] {
  const found: Point[][] = []
  let last: number | null = null
  for (const { at, value } of samples) {
    if (value === null || at < from) {
      last = null
      continue
    }
    const point = { x: (at - from) / (to - from), y: most > 0 ? Math.min(1, value / most) : 0 }
    const line = found.at(-1)
    if (line && last !== null && at - last <= 2.5 * everyMs) line.push(point)
    else found.push([point])
    last = at
  }
  return found
}

const round = (value: number) => Math.round(value * 100) / 100

/** An SVG path through points in a box of this size; one point alone is a dot. */
export function path(points: readonly Point[], width: number, height: number): string {
  const drawn = points
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x * width)} ${round((1 - y) * height)}`)
    .join('')
  return points.length === 1 ? `${drawn}h0` : drawn
}

/** The same, filled down to the bottom. */
export function area(points: readonly Point[], width: number, height: number): string {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return ''
  return `${path(points, width, height)}L${round(last.x * width)} ${height}L${round(first.x * width)} ${height}Z`
}

/** The sample nearest to a moment, if one is near. */
export function nearest(samples: readonly Measured[], at: number, withinMs: number): Measured | null {
  const best = samples.reduce<Measured | null>(
    (found, one) => (found === null || Math.abs(one.at - at) < Math.abs(found.at - at) ? one : found),
    null,
  )
  return best !== null && Math.abs(best.at - at) <= withinMs ? best : null
}
