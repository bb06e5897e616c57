import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe finds serious or critical, a line for each rule with the elements that break it. Frames are left
 * out: ours run no script, so none of axe's either.
 * @param tags of the rules that are asked; all of them unless told
 */
export async function seriousFindings(
  page: Page,
  tags: readonly string[] = [],
): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      iframes: false,
      // of elements without fault, thousands in a long table, no selector is worked out
      resultTypes: ['violations'],
      ...(tags.length > 0 ? { runOnly: { type: 'tag', values: [...tags] } } : {}),
    })
    .setLegacyMode() // in the page itself, not in a blank one that is opened beside it
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
