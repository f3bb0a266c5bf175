import type { ChangeKind } from '@/model/boundaries'

const SIZE = 10

/** A fill of thin lines or dots, so that kinds differ for those who don't see their colours. */
export function hatch(colour: string, kind: ChangeKind): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = SIZE
  const pen = tile.getContext('2d')
  if (!pen) return `${colour}33`
  pen.fillStyle = `${colour}22`
  pen.fillRect(0, 0, SIZE, SIZE)
  pen.strokeStyle = `${colour}88`
  pen.fillStyle = `${colour}88`
  pen.lineWidth = 1.2
  if (kind === 'renamed') dot(pen)
  if (kind === 'added') rising(pen)
  if (kind === 'moved') falling(pen)
  return pen.createPattern(tile, 'repeat') ?? `${colour}33`
}

function dot(pen: CanvasRenderingContext2D): void {
  pen.beginPath()
  pen.arc(SIZE / 2, SIZE / 2, 1.3, 0, 2 * Math.PI)
  pen.fill()
}

// Three strokes a tile, so that neighbouring tiles join without a seam.
function rising(pen: CanvasRenderingContext2D): void {
  stroke(pen, (at) => [at, SIZE, at + SIZE, 0])
}

function falling(pen: CanvasRenderingContext2D): void {
  stroke(pen, (at) => [at, 0, at + SIZE, SIZE])
}

function stroke(pen: CanvasRenderingContext2D, line: (at: number) => [number, number, number, number]): void {
  for (const at of [-SIZE, 0, SIZE]) {
    const [x1, y1, x2, y2] = line(at)
    pen.beginPath()
    pen.moveTo(x1, y1)
    pen.lineTo(x2, y2)
    pen.stroke()
  }
}
