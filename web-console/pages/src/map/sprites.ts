import type { LampColour } from '@/model/types'
import type { Palette } from './palette'

export type Lamp = LampColour | 'none'

/** Drawn in this order, so that the urgent lie on top. */
export const LAMPS: readonly Lamp[] = ['none', 'green', 'yellow', 'red']

const RADII = [3.6, 5, 6.5] as const
export type Size = 0 | 1 | 2

export interface Sprites {
  of(lamp: Lamp, size: Size, chosen: boolean): HTMLCanvasElement
}

/** All the marks there will ever be, drawn once: circle, triangle and square tell the lamp without its colour. */
export function drawSprites(palette: Palette, pixelRatio: number): Sprites {
  const made = new Map<string, HTMLCanvasElement>()
  for (const lamp of LAMPS)
    RADII.forEach((radius, size) => {
      made.set(`${lamp}${size}`, draw(lamp, radius, palette.lamps[lamp], palette.lampEdge, 1.2, pixelRatio))
      made.set(`${lamp}${size}*`, draw(lamp, radius + 2, palette.lamps[lamp], '#62b0ff', 3, pixelRatio))
    })
  return {
    of(lamp, size, chosen) {
      const sprite = made.get(`${lamp}${size}${chosen ? '*' : ''}`)
      if (!sprite) throw new Error(`no mark for ${lamp}`)
      return sprite
    },
  }
}

function draw(lamp: Lamp, radius: number, fill: string, edge: string, width: number, ratio: number): HTMLCanvasElement {
  const half = Math.ceil(radius * 1.5 + width)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.ceil(half * 2 * ratio)
  const pen = canvas.getContext('2d')
  if (!pen) return canvas
  pen.scale(ratio, ratio)
  pen.translate(half, half)
  pen.beginPath()
  if (lamp === 'yellow') {
    const long = radius * 1.45
    pen.moveTo(0, -long)
    pen.lineTo(long * 0.87, long * 0.5)
    pen.lineTo(-long * 0.87, long * 0.5)
    pen.closePath()
  } else if (lamp === 'red') pen.rect(-radius, -radius, radius * 2, radius * 2)
  else pen.arc(0, 0, radius, 0, Math.PI * 2)
  pen.fillStyle = fill
  pen.strokeStyle = edge
  pen.lineWidth = width
  pen.fill()
  pen.stroke()
  return canvas
}
