import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { connectorFiles } from './new-connector/files.ts'
import { addLine } from './new-connector/register.ts'

// npm run new:connector -- <id> [folder of the repository]
// Writes a connector whose failing contract tests are its author's list of things to do.

const [id = '', root = '.'] = process.argv.slice(2)

/** Says what is wrong and ends the program. */
function fail(words: string): never {
  console.error(words)
  process.exit(1)
}

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) fail('Give an id in small letters, digits and hyphens: npm run new:connector -- acme-chat')
const folder = path.join(root, 'src/connectors', id)
if (existsSync(folder)) fail(`${folder} is there already`)

for (const [name, text] of Object.entries(connectorFiles(id))) {
  const file = path.join(root, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`wrote ${name}`)
}
for (const list of ['src/connectors/registry.ts', 'tests/contract/cases/cases.ts']) {
  const file = path.join(root, list)
  writeFileSync(file, addLine(readFileSync(file, 'utf8'), id))
  console.log(`added ${id} to ${list}`)
}
console.log(`
What to do now, in this order:
  npx vitest run tests/contract -t "connector ${id}"
What is red there is your list. docs/new-connector.md walks through it; src/connectors/telegram is a finished one.`)
