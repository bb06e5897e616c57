import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Settings } from '#core/contract/settings'
import { ExperimentSpec } from '#core/experimentSpec'
import { languages } from '#core/languages'
import { inLanguage } from '#core/samples/inLanguage'
import { samples } from '#core/samples/index'
import { bench, fakeSpec, untilState, type Bench } from '../../support/hostHarness.ts'

let b: Bench
beforeAll(async () => {
  b = await bench()
})
afterAll(() => b.end())

const base = { name: 'x', environment: { kind: 'typedLatent' } }
const check = (spec: unknown) => b.api.call('spec.check', { spec })

describe('spec.check', () => {
  it('fills in defaults and tells the expected impressions', async () => {
    const { spec, issues, total } = await check(base)
    expect(issues).toEqual([])
    expect(spec).toEqual(ExperimentSpec.parse(base))
    expect(total).toBe(500 * 20)
  })

  it('counts no more users than the world has', async () => {
    const { spec, total, users, needs } = await check({
      ...base,
      environment: { kind: 'typedLatent', users: 100 },
    })
    expect(total).toBe(100 * 20)
    expect(users).toBe(100)
    // nor does it promise the power of the others
    const honest = await check({ ...spec, traffic: { ...spec!.traffic, users: 100 } })
    expect(needs).toEqual(honest.needs)
  })

  it('names the datasets that exist', async () => {
    const { issues } = await check({ ...base, environment: { kind: 'ratings', dataset: 'ml' } })
    expect(issues).toEqual([
      {
        path: 'environment.dataset',
        value: 'ml',
        message:
          'environment.dataset is "ml", which is not in this workspace; none is imported yet; import a file of the kind ratings',
        fix: null,
      },
    ])
  })

  it('has a JSON Schema with defaults and descriptions', async () => {
    const schema = await b.api.call('spec.schema', {})
    const { properties } = schema as { properties: Record<string, { properties: object }> }
    expect(Object.keys(properties)).toContain('environment')
    expect(properties['traffic']?.properties).toMatchObject({
      users: { type: 'integer', minimum: 2, default: 500, description: expect.any(String) },
    })
  })
})

describe('runs.start', () => {
  it('refuses a bad spec and names field, value and remedy', async () => {
    const spec = { ...base, traffic: { users: 1 }, explorer: { kind: 'dbgd', alpha: 'much' } }
    await expect(b.api.call('runs.start', { spec, seed: 1 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message:
        'traffic.users is 1; it must be at least 2\nexplorer.alpha is "much"; it must be a number',
      fields: [{ path: 'traffic.users' }, { path: 'explorer.alpha' }],
    })
    expect(await b.api.call('runs.list', {})).toEqual([])
  })

  it.each([[-1], [1.5], ['1'], [Number.NaN]])('refuses the seed %s', async (seed) => {
    const input = { spec: base, seed: seed as number }
    await expect(b.api.call('runs.start', input)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      fields: [{ path: 'seed' }],
    })
  })

  it('refuses a parent that does not exist', async () => {
    await expect(
      b.api.call('runs.start', { spec: base, seed: 1, parent: 9 }),
    ).rejects.toMatchObject({
      code: 'BAD_INPUT',
      fields: [{ path: 'parent' }],
    })
  })

  it('migrates an old spec, and tells how to run it again', async () => {
    const spec = { ...fakeSpec('An old one!'), version: 0, interleaving: { kind: 'teamDraft' } }
    const run = await b.api.call('runs.start', { spec, seed: 4 })
    const detail = await b.api.call('runs.get', { run })
    expect(detail.spec.interleaver).toEqual({ kind: 'teamDraft', sharedDocs: 'drawer' })
    expect(detail.commandLine).toBe('npm run -s duelist -- run an-old-one.json --seed 4')
    await untilState(b.api, run, 'finished')
  })

  it('knows a sample again, whatever language its name is in', async () => {
    const list = await b.api.call('samples.list', {})
    expect(list.map((sample) => sample.id)).toEqual(Object.keys(samples))
    const { id, spec, seed } = list[0]!
    const names = new Set<string>()
    for (const language of languages) {
      const run = await b.api.call('runs.start', { spec: inLanguage(id, spec, language), seed })
      const { commandLine, name } = await b.api.call('runs.get', { run })
      expect(commandLine).toBe(`npm run -s duelist -- run ${id} --seed ${seed}`)
      names.add(name)
    }
    expect(names.size).toBe(languages.length)
  })

  it('forks an experiment whose spec was changed', async () => {
    const first = await b.api.call('runs.start', { spec: fakeSpec('one'), seed: 1 })
    const { experiment } = await b.api.call('runs.get', { run: first })
    const input = { spec: fakeSpec('two'), seed: 1, parent: experiment }
    const fork = await b.api.call('runs.get', { run: await b.api.call('runs.start', input) })
    expect(fork.parent).toBe(experiment)
    expect(fork.experiment).not.toBe(experiment)
  })
})

describe('app.info and settings', () => {
  it('tell version, host, workspace by name, and the backend once it is known', async () => {
    const info = await b.api.call('app.info', {})
    expect(info).toMatchObject({ host: 'cli', workspace: 'w.db', backend: { name: 'cpu' } })
    expect(info.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('change one setting and leave the others, and say so in the audit log', async () => {
    const dark = await b.api.call('settings.set', { theme: 'dark' })
    expect(dark).toEqual({ ...Settings.parse({}), theme: 'dark' })
    const changed = await b.api.call('settings.set', { concurrency: 3 })
    expect(changed).toEqual({ ...dark, concurrency: 3 })
    await expect(b.api.call('settings.set', { concurrency: 0 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    const log = await b.api.call('audit.list', { limit: 20 })
    const entry = log.find(({ action }) => action === 'settings.set')
    expect(entry).toMatchObject({ action: 'settings.set', detail: '{"concurrency":3}' })
  })
})
