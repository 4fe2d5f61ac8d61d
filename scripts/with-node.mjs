import { runProgram } from './run-program.mjs'

// node scripts/with-node.mjs <file> […]: runs a TypeScript file under the Node of node_modules.

runProgram(process.argv.slice(2))
