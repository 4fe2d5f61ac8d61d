import type { Page } from 'playwright-core'

/** Longer than the longest notification stays, on a slow machine. */
const timeout = 60_000

/**
 * Waits until nothing on the page moves by itself: what loads is there, notifications have gone, fonts are there, no transition runs. What is
 * measured or pictured while it fades has colours that nobody chose.
 */
export async function standStill(page: Page): Promise<void> {
  await page.waitForFunction(isStill, undefined, { timeout })
}

/** Switches light and dark, and waits until the console has followed. */
export async function chooseScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.waitForFunction((scheme) => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme, { timeout })
  await standStill(page)
}

function isStill(): boolean {
  const moving = document.getAnimations().some((animation) => {
    const { iterations } = animation.effect?.getTiming() ?? {}
    return animation.playState === 'running' && iterations !== Number.POSITIVE_INFINITY
  })
  const passing = document.querySelector('.mantine-Notification-root, [aria-busy="true"]') !== null
  return !moving && !passing && document.fonts.status === 'loaded'
}
