import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readLetter } from './read-letter.ts'
import { takeUuencoded } from './uuencode.ts'

/** By Python's binascii, an encoder that is not ours. */
function encode(bytes: Buffer, name: string): string {
  const script = `import sys,binascii
data=sys.stdin.buffer.read()
for at in range(0,len(data),45): sys.stdout.buffer.write(binascii.b2a_uu(data[at:at+45]))`
  const body = execFileSync('python3', ['-c', script], { input: bytes }).toString('latin1')
  return `begin 644 ${name}\n${body}\`\nend`
}

const hasPython = (() => {
  try {
    return execFileSync('python3', ['-c', 'import binascii']).length === 0
  } catch {
    return false
  }
})()

describe('files written into the text', () => {
  it.skipIf(!hasPython)('come out byte for byte, whatever their length, and also when blanks at line ends were lost', () => {
    for (const length of [1, 2, 3, 44, 45, 46, 1000]) {
      const bytes = length === 1000 ? Buffer.alloc(1000) : randomBytes(length)
      for (const text of [encode(bytes, 'a.bin'), encode(bytes, 'a.bin').replace(/[ ]+$/gm, '')]) {
        const { files } = takeUuencoded(`Before\n${text}\nAfter`)
        expect(Buffer.from(files[0]?.bytes ?? []).equals(bytes), String(length)).toBe(true)
      }
    }
  })

  it('leave the text around them, and become files of the letter', async () => {
    const body = 'Счёт во вложении\r\n\r\nbegin 644 счёт.txt\r\n#0V%T\r\n`\r\nend\r\n\r\nС уважением'
    const head = 'From: a@b.ru\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    const letter = await readLetter(Buffer.from(head + body))
    expect(letter.attachments).toMatchObject([{ name: 'счёт.txt', size: 3 }])
    expect(Buffer.from(letter.attachments[0]?.bytes ?? []).toString()).toBe('Cat')
    expect(letter.text).toContain('Счёт во вложении')
    expect(letter.text).toContain('С уважением')
    expect(letter.text).not.toContain('begin')
    const { files } = takeUuencoded('begin-base64 644 cat.txt\nQ2F0\n====')
    expect(Buffer.from(files[0]?.bytes ?? []).toString()).toBe('Cat')
  })

  it('are not made of plain words, or of a block that never ends', () => {
    for (const text of [
      'begin 644 words\nЭто не файл\nend',
      'begin 123 times\nand again and again and again\nend',
      'begin 644 half.bin\n#0V%T',
      'We begin 644 things',
    ]) {
      expect(takeUuencoded(text), text).toEqual({ text, files: [] })
    }
  })

  it('take no longer than the text is long', () => {
    const began = performance.now()
    takeUuencoded('begin 644 x\n#0V%T\n'.repeat(100_000))
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})
