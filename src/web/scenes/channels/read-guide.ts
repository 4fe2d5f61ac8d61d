export type Block = { is: 'heading' | 'paragraph' | 'code'; text: string } | { is: 'list'; items: string[] } | { is: 'table'; rows: string[][] }

/** The part of Markdown that our READMEs are written in: headings, paragraphs, lists, tables, fenced code. Anything else stays plain text. */
export function readGuide(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'))
      const last = end === -1 ? lines.length : end
      blocks.push({ is: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last
    } else if (line.trim() !== '') add(blocks, line, lines[at - 1]?.trim() === '')
  }
  return blocks
}

function add(blocks: Block[], line: string, isNew: boolean): void {
  const last = blocks.at(-1)
  const heading = /^#+\s+(.*)$/.exec(line)
  const item = /^\s*(?:[-*]|\d+\.)\s+(.*)$/.exec(line)
  if (heading) blocks.push({ is: 'heading', text: heading[1] ?? '' })
  else if (item) {
    if (last?.is === 'list') last.items.push(item[1] ?? '')
    else blocks.push({ is: 'list', items: [item[1] ?? ''] })
  } else if (line.startsWith('|')) addRow(blocks, line)
  else if (!isNew && last?.is === 'paragraph') last.text += ` ${line.trim()}`
  else if (!isNew && last?.is === 'list') last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`)
  else blocks.push({ is: 'paragraph', text: line.trim() })
}

function addRow(blocks: Block[], line: string): void {
  const last = blocks.at(-1)
  const cells = line.split('|').slice(1, -1)
  const row = cells.map((cell) => cell.trim())
  if (row.every((cell) => /^:?-*:?$/.test(cell))) return
  if (last?.is === 'table') last.rows.push(row)
  else blocks.push({ is: 'table', rows: [row] })
}
