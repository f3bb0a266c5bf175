import { fieldsOf } from './wish'

const ENOUGH = 256 * 1024

/** The fields of a chosen GeoJSON file, packed or not, read from its beginning; none for other formats. */
export async function peekFields(file: File): Promise<string[]> {
  const name = file.name.toLowerCase()
  try {
    if (/\.(geo)?json$/.test(name)) return fieldsOf(await file.slice(0, ENOUGH).text())
    if (/\.(geo)?json\.gz$/.test(name) && 'DecompressionStream' in window) return fieldsOf(await unpacked(file))
  } catch {
    // Whether the file is readable the server says; here it only saves typing.
  }
  return []
}

async function unpacked(file: File): Promise<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < ENOUGH) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  void reader.cancel()
  return text
}
