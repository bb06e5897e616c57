import type { Bench } from './bench.ts'
import { measured } from './measure.ts'

const LEAVES = 27_000

/** A level down and back in trees over so many items: deep, shallow, and all leaves under one node. */
export async function trees({ page, go, api, note }: Bench): Promise<void> {
  for (const depth of [3, 2, 1]) {
    const spec = {
      kind: 'tpgr',
      world: { kind: 'typedLatent', users: 60, items: LEAVES, types: 8, horizon: 8 },
      tree: { depth, split: 'random' },
      agent: { updates: 1, episodesPerUpdate: 64 },
      evaluateEvery: 1,
    }
    const study = await api.call('studies.start', { kind: 'training', spec, seed: 1 })
    for await (const frames of api.stream('studies.watch', { study })) {
      const { state, reason } = frames.at(-1)!
      if (state === 'finished') break
      if (state === 'failed') throw new Error(reason ?? 'the training failed')
    }
    await go('/')
    await page.locator('h1').waitFor()
    const [newest] = await api.call('models.list', {})
    const what = depth === 1 ? 'flat' : `${depth} levels`
    const items = LEAVES.toLocaleString('en')
    const node = { selector: '[data-test="node"]', charts: true } as const
    note(
      `8 a tree of ${items} leaves, ${what}: opened`,
      '–',
      await measured(page, () => go(`/trees?model=${newest!.id}`), { ...node, matches: 'Root' }),
    )
    await page.waitForTimeout(1000)
    const map = page.getByRole('application', { name: 'Drill-down' })
    for (let level = 1; level <= depth; level++) {
      await map.focus()
      await page.keyboard.press('Home')
      await page.waitForTimeout(300)
      const differs = await page.locator(node.selector).textContent()
      note(
        `8 ${what}: down to level ${level}`,
        '300',
        await measured(page, () => page.keyboard.press('Enter'), { ...node, differs }),
      )
      await page.waitForTimeout(500)
    }
    for (let level = depth - 1; level >= 0; level--) {
      const differs = await page.locator(node.selector).textContent()
      note(
        `8 ${what}: back to level ${level}`,
        '300',
        await measured(page, () => page.keyboard.press('Backspace'), { ...node, differs }),
      )
      await page.waitForTimeout(500)
    }
  }
}
