type Point = readonly number[]

/** Closer than a centimetre is the same corner, in the map's projection. */
const PER_UNIT = 100

const name = ([x = 0, y = 0]: Point): string => `${Math.round(x * PER_UNIT)},${Math.round(y * PER_UNIT)}`

/**
 * The lines of these rings with every piece once: neighbours share their boundary, and dashes drawn twice from different
 * corners fill each other's gaps. Pure.
 */
export function uniqueLines(rings: readonly (readonly Point[])[]): Point[][] {
  const drawn = new Set<string>()
  const lines: Point[][] = []
  for (const ring of rings) {
    let run: Point[] = []
    ring.forEach((to, index) => {
      const from = ring[index - 1]
      if (!from) return
      const [a, b] = [name(from), name(to)]
      const piece = a < b ? `${a} ${b}` : `${b} ${a}`
      if (drawn.has(piece)) {
        if (run.length > 1) lines.push(run)
        run = []
        return
      }
      drawn.add(piece)
      if (run.length === 0) run = [from]
      run.push(to)
    })
    if (run.length > 1) lines.push(run)
  }
  return lines
}
