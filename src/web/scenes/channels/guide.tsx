import type { ReactNode } from 'react'
import classes from './channels.module.css'
import { type Block, readGuide } from './read-guide.ts'

/** A connector's README as page: only text of it is shown, so whatever stands in it can run nothing and fetch nothing. */
export function Guide({ text }: { text: string }) {
  return (
    <div className={classes.guide}>
      {readGuide(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes while it is shown
        <GuideBlock key={index} block={block} />
      ))}
    </div>
  )
}

function GuideBlock({ block }: { block: Block }): ReactNode {
  switch (block.is) {
    case 'heading':
      return <h3>{words(block.text)}</h3>
    case 'code':
      return <pre>{block.text}</pre>
    case 'table':
      return (
        <table>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell) => (
                  <td key={cell}>{words(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{words(item)}</li>
          ))}
        </ul>
      )
    case 'paragraph':
      return <p>{words(block.text)}</p>
  }
}

/** `code`, **bold** and the words of a link. */
function words(text: string): ReactNode[] {
  return text
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_all, name: string, address: string) => (address.startsWith('http') ? `${name} (${address})` : name))
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((part, index) => {
      const key = `${index} ${part}`
      if (part.startsWith('`')) return <code key={key}>{part.slice(1, -1)}</code>
      if (part.startsWith('**')) return <b key={key}>{part.slice(2, -2)}</b>
      return part
    })
}
