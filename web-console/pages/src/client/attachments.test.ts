import { expect, it } from 'vitest'
import { isHeif } from './attachments'

const box = (brand: string): Blob => new Blob([new Uint8Array([0, 0, 0, 24]), `ftyp${brand}`, 'rest'])

it('tells a picture of an iPhone by its bytes', async () => {
  expect(await isHeif(box('heic'))).toBe(true)
  expect(await isHeif(box('mif1'))).toBe(true)
})

it('leaves films, other pictures and stumps alone', async () => {
  expect(await isHeif(box('qt  '))).toBe(false)
  expect(await isHeif(new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]))).toBe(false)
  expect(await isHeif(new Blob([]))).toBe(false)
})
