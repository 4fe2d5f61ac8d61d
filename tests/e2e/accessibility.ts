import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { standStill } from './stand-still.ts'

/** What axe finds serious or critical on the page once it stands still, in words that lead to the place. All rules, or those named. */
export async function seriousFaults(page: Page, rules?: string[]): Promise<string[]> {
  await standStill(page)
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    )
}
