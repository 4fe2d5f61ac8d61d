import { join } from 'node:path'
import { root } from './node-binary.mjs'
import { buildWeb, generateClient, install } from './prepare.mjs'
import { runProgram } from './run-program.mjs'

// npm start: from a clean clone to a running hub. Plain JavaScript, for it runs on Node 20 before anything is installed.

try {
  install()
  generateClient()
  buildWeb()
} catch (error) {
  process.stderr.write(`Switchboard cannot start: ${error.message}\n`)
  process.exit(1)
}
runProgram([join(root, 'src', 'main.ts'), ...process.argv.slice(2)])
