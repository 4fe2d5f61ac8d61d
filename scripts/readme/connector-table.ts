import type { Manifest } from '../../src/core/connector/manifest.ts'

const start = '<!-- connectors: written by npm run readme -->'
const end = '<!-- /connectors -->'

/** The README with its table of connectors as the manifests say. Throws when the README has no place for it. */
export function withConnectorTable(readme: string, manifests: readonly Manifest[]): string {
  const [before, after] = [readme.indexOf(start), readme.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`README.md has no "${start}" followed by "${end}".`)
  return `${readme.slice(0, before + start.length)}\n\n${connectorTable(manifests)}\n\n${readme.slice(after)}`
}

function connectorTable(manifests: readonly Manifest[]): string {
  const rows = manifests.toSorted((a, b) => a.title.en.localeCompare(b.title.en)).map(row)
  return ['| connector | carries | comes in by | proof | we answer |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

const ways = { webhook: 'webhook', session: 'a connection of ours', door: 'a door of its own' }

function row({ id, title, media, transport, proof, abilities }: Manifest): string {
  const cells = [
    `[${title.en}](src/connectors/${id}/README.md)`,
    media.join(', '),
    transport.map((way) => ways[way]).join(', '),
    proof.join(', '),
    abilities.includes('send') ? 'yes' : abilities.includes('controlCall') ? 'by calling' : 'no',
  ]
  return `| ${cells.join(' | ')} |`
}
