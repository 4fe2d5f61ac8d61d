import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { connectors } from '../src/connectors/registry.ts'
import { withConnectorTable } from './readme/connector-table.ts'

// npm run readme: writes the table of connectors into README.md, as their manifests say.

const file = resolve(import.meta.dirname, '../README.md')
const manifests = connectors.map(({ manifest }) => manifest)
await writeFile(file, withConnectorTable(await readFile(file, 'utf8'), manifests))
