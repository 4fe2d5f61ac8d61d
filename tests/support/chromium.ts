import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian, Ubuntu and Google put it; `scripts/system-packages.mjs` looks for the same names. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
)

/** True when a Chromium is installed. With `CI` set a missing one is an error, so that nothing is skipped unseen. */
export function hasChromium(): boolean {
  if (executablePath !== undefined) return true
  if (process.env.CI) throw new Error('Chromium is missing: install the package chromium.')
  return false
}

/** A headless browser that asks nobody for anything by itself. */
export function openChromium(): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', ...quiet] })
}
