import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeBinary, root } from './node-binary.mjs'
import { buildWeb, generateClient, install, runNpm } from './prepare.mjs'
import { hasDocker, installSystemPackages, testInDocker } from './system-packages.mjs'

// npm test: from a clean clone to the result of every test. `npm test -- <files>` runs some of them.

const args = process.argv.slice(2)
const results = join(root, 'tests', '.tmp', 'results.json')

process.exitCode = main()

function main() {
  install()
  const impossible = installSystemPackages()
  if (impossible.length > 0 && hasDocker()) return testInDocker(args)
  generateClient()
  const problems = []
  if (!attempt(() => runNpm(['run', 'check']))) problems.push('npm run check failed')
  if (!attempt(buildWeb)) problems.push('the console was not built')
  const { passed, failed, whole } = runVitest()
  if (!whole) problems.push('the tests did not run to their end')
  if (impossible.length > 0) {
    report('Skipped, for what they need is not installed', impossible)
    if (process.env.CI) problems.push('suites were skipped, which CI does not allow')
  }
  if (problems.length > 0) report('Problems', problems)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed > 0 || problems.length > 0 ? 1 : 0
}

function attempt(step) {
  try {
    step()
    return true
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    return false
  }
}

function runVitest() {
  rmSync(results, { force: true })
  mkdirSync(dirname(results), { recursive: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const { status } = spawnSync(nodeBinary(), [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(results, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, whole: success || numFailedTests > 0 ? status !== null : false }
  } catch {
    return { passed: 0, failed: 0, whole: false }
  }
}

function report(title, lines) {
  process.stdout.write(`\n${title}:\n${lines.map((line) => `  - ${line}\n`).join('')}`)
}
