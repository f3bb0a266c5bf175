/** A piece of a text, and whether it is one of those to be marked. */
export interface Piece {
  text: string
  marked: boolean
}

/** Cuts a text at the ranges, which ascend and don't overlap; what lies outside the text is left out. */
export function pieces(text: string, ranges: readonly { from: number; to: number }[]): Piece[] {
  const cut: Piece[] = []
  let at = 0
  for (const { from, to } of ranges) {
    if (from < at || to > text.length || to <= from) continue
    if (from > at) cut.push({ text: text.slice(at, from), marked: false })
    cut.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) cut.push({ text: text.slice(at), marked: false })
  return cut
}
