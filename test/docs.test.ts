import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pointMetrics } from '#core/run/point'
import { samples } from '#core/samples/index'

const page = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

describe('the documentation', () => {
  it.each(pointMetrics)('defines the metric %s', (metric) => {
    expect(page('docs/metrics.md')).toContain(`\`${metric}\``)
  })

  it('shows commands for samples that exist', () => {
    const named = [...page('README.md').matchAll(/duelist -- run ([a-z-]+)/g)].map(([, id]) => id!)
    expect(named.length).toBeGreaterThan(0)
    for (const id of named) expect(Object.keys(samples)).toContain(id)
  })

  it('never claims what was only run on the stand-in', () => {
    for (const name of ['README.md', 'CHANGELOG.md', 'docs/architecture.md']) {
      expect(page(name)).not.toMatch(/tested in Electron/i)
    }
  })
})
