import type { Page } from 'playwright-core'

/** To a section by the rail, where it stands or behind "Ещё". */
export async function goTo(page: Page, name: string): Promise<void> {
  const rail = page.getByRole('navigation')
  const link = rail.getByRole('link', { name })
  const more = rail.getByRole('button', { name: 'Ещё' })
  await link.or(more).first().waitFor()
  if ((await link.count()) === 0) await more.click()
  await link.click()
}
