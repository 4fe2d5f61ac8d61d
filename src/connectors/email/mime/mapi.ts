/** One MAPI property: its id and its first value's bytes. */
export interface MapiProperty {
  id: number
  type: number
  value: Buffer
}

const fixedSizes: Record<number, number> = { 2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16 }
const variableTypes = new Set([0x1e, 0x1f, 0x102, 0x0d])
const multiValue = 0x1000

/** Reads a MAPI property block of TNEF ([MS-OXTNEF] 2.1.3.4). Stops quietly where the block is damaged. */
export function readMapi(block: Buffer): MapiProperty[] {
  const properties: MapiProperty[] = []
  try {
    const count = block.readUInt32LE(0)
    let at = 4
    for (let index = 0; index < count && index < 5000; index += 1) {
      const type = block.readUInt16LE(at)
      const id = block.readUInt16LE(at + 2)
      at = id >= 0x8000 ? skipName(block, at + 4) : at + 4
      const read = readValue(block, at, type)
      if (read === undefined) return properties
      properties.push({ id, type: type & ~multiValue, value: read.value })
      at = read.next
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return properties
}

/** Text of a string property: UTF-16 for 0x1F, the given code page otherwise. */
export function mapiText(property: MapiProperty, codePage: string): string {
  const text = property.type === 0x1f ? property.value.toString('utf16le') : new TextDecoder(codePage).decode(property.value)
  return text.replace(/\0+$/, '')
}

function skipName(block: Buffer, at: number): number {
  const kind = block.readUInt32LE(at + 16)
  if (kind === 0) return at + 24
  return at + 24 + pad(block.readUInt32LE(at + 20))
}

function readValue(block: Buffer, start: number, type: number): { value: Buffer; next: number } | undefined {
  const base = type & ~multiValue
  let at = start
  const isVariable = variableTypes.has(base)
  let count = 1
  if (isVariable || type & multiValue) {
    count = block.readUInt32LE(at)
    at += 4
  }
  let first: Buffer | undefined
  for (let index = 0; index < count && index < 5000; index += 1) {
    const size = isVariable ? block.readUInt32LE(at) : fixedSizes[base]
    if (size === undefined) return undefined
    if (isVariable) at += 4
    if (at + size > block.length) return undefined
    first ??= block.subarray(at, at + size)
    at += isVariable ? pad(size) : size
  }
  return { value: first ?? Buffer.alloc(0), next: at }
}

const pad = (size: number) => Math.ceil(size / 4) * 4
