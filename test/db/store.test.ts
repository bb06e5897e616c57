import { Settings } from '#core/contract/settings'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExperimentSpec } from '#core/experimentSpec'
import { pointIndex, pointWidth } from '#core/run/point'
import { specHash } from '#core/specHash'
import type { WriteDb } from '#db/handle'
import { IN_MEMORY, integrityProblems } from '#db/open'
import { createStore, type Store } from '#db/store'
import { openWorkspace } from '#db/workspace'
import { FAKE_BATCH_SIZE, fakeBackend, fakeBatch, fakeSummary } from '../support/fakeRun.ts'

const spec = ExperimentSpec.parse({ name: 'First', environment: { kind: 'typedLatent' } })
const other = ExperimentSpec.parse({ name: 'Second', environment: { kind: 'typedLatent' } })
const at = '2026-01-02T03:04:05.000Z'

let db: WriteDb
let store: Store
beforeEach(() => {
  db = openWorkspace(IN_MEMORY)
  store = createStore(db)
})
afterEach(() => db.close())

const start = (wanted = spec, parent: number | null = null) =>
  store.startRun(wanted, parent, { seed: 5, total: 400, dataset: null, at })

const checkpointAt = (step: number) => ({
  format: 1 as const,
  step,
  done: (step + 1) * FAKE_BATCH_SIZE,
  state: { step, weights: [new Float32Array([1, NaN, -0]), new Int32Array([step])], name: 'x' },
})

function append(run: number, steps: number, checkpoints: readonly number[] = []): void {
  for (let step = 0; step < steps; step++) {
    const checkpoint = checkpoints.includes(step) ? checkpointAt(step) : null
    store.append(run, fakeBatch(5, step), fakeSummary(step, step), checkpoint)
  }
}

const count = (table: string) =>
  db.read<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n

describe('experiments', () => {
  it('with the same spec are one, each seed a run of it', () => {
    const [a, b] = [start(), start()]
    expect(store.runs.row(a)?.experiment).toBe(store.runs.row(b)?.experiment)
    expect(store.runs.get(a)?.specHash).toBe(specHash(spec))
    expect(store.runs.get(a)?.spec).toEqual(spec)
  })

  it('fork when the spec changes, and name their parent', () => {
    const parent = store.runs.row(start())!.experiment
    const fork = store.runs.row(start(other, parent))!
    expect(fork.parent).toBe(parent)
    expect(store.runs.row(start(other, parent))!.experiment).toBe(fork.experiment)
    expect(store.runs.row(start(spec, parent))!.experiment).toBe(parent)
  })

  it('are locked once they have run', () => {
    const { experiment } = store.runs.row(start())!
    for (const change of ["spec = '{}'", "spec_hash = 'x'", "name = 'x'", 'parent = 1']) {
      expect(() => db.execute(`UPDATE experiment SET ${change} WHERE id = ${experiment}`)).toThrow(
        'locked; fork it',
      )
    }
  })

  it('refuse a parent that is not there', () => {
    expect(() => start(spec, 77)).toThrow('experiment 77 does not exist')
    expect(store.runs.list()).toEqual([])
  })
})

describe('a batch', () => {
  it('is stored whole: point, updates, chunk, aggregates, summary, progress', () => {
    const run = start()
    append(run, 3)
    const { lastStep, rows } = store.points(run, -1, 100)
    expect(lastStep).toBe(2)
    expect(rows.length).toBe(3 * pointWidth)
    expect(rows.subarray(pointWidth, 2 * pointWidth)).toEqual(fakeBatch(5, 1).point)
    expect(rows[pointIndex.loss]).toBeNaN()
    expect(store.updates(run, 0, 1)).toEqual(fakeBatch(5, 1).updates)
    expect(store.impressions.chunkOf(run, 17)).toEqual(fakeBatch(5, 1).chunk)
    expect(store.impressions.chunkOf(run, 30)).toBeUndefined()
    expect(store.runs.row(run)).toMatchObject({ done: 30, total: 400, summary: { impressions: 2 } })
  })

  it('has aggregates that equal what its chunks say', () => {
    const run = start()
    append(run, 4)
    const chunks = [0, 1, 2, 3].map((step) => fakeBatch(5, step).chunk)
    const outcomes = chunks.flatMap((chunk) => [...chunk.outcome])
    const clicks = chunks.flatMap((chunk) => [...chunk.clicked]).filter(Boolean).length
    const having = (code: number) => outcomes.filter((outcome) => outcome === code).length
    expect(store.impressions.totals(run)).toEqual({
      impressions: 40,
      winsA: having(0),
      winsB: having(1),
      ties: having(2),
      noVotes: having(3),
      clicks,
    })
    expect([...store.impressions.newestOutcomes(run, 15)]).toEqual(outcomes.slice(-15))
    expect([...store.impressions.newestOutcomes(run, 5)]).toEqual(outcomes.slice(-5))
    expect([...store.impressions.newestOutcomes(run, 50)]).toEqual(outcomes)
  })

  it('out of turn is refused, and nothing of it is stored', () => {
    const run = start()
    append(run, 2)
    expect(() => store.append(run, fakeBatch(5, 4), null, null)).toThrow('batch 4 after batch 1')
    expect(() => store.append(run, fakeBatch(5, 1), null, null)).toThrow('batch 1 after batch 1')
    const broken = { ...fakeBatch(5, 2), point: new Float64Array(3) }
    expect(() => store.append(run, broken, null, checkpointAt(2))).toThrow('3 metrics')
    expect(count('impression_chunk')).toBe(2)
    expect(count('checkpoint')).toBe(0)
    expect(store.runs.row(run)?.done).toBe(20)
  })

  it('without a summary keeps the one before', () => {
    const run = start()
    append(run, 2)
    store.append(run, fakeBatch(5, 2), null, null)
    expect(store.runs.row(run)?.summary?.impressions).toBe(1)
  })

  it('takes milliseconds', () => {
    const run = start()
    const begin = performance.now()
    append(run, 200, [50, 100, 150])
    expect((performance.now() - begin) / 200).toBeLessThan(5)
  })
})

describe('checkpoints', () => {
  it('keep typed arrays, and the last two', () => {
    const run = start()
    append(run, 9, [1, 4, 7])
    expect(count('checkpoint')).toBe(2)
    expect(store.latestCheckpoint(run)).toEqual(checkpointAt(7))
  })

  it('are what a run is taken back to, with everything after it gone', () => {
    const run = start()
    append(run, 9, [1, 4])
    expect(store.rewind(run)?.step).toBe(4)
    expect(store.points(run, -1, 99).lastStep).toBe(4)
    expect(store.updates(run, -1, 99)).toHaveLength(5)
    expect(store.impressions.totals(run).impressions).toBe(50)
    expect(store.runs.row(run)).toMatchObject({ done: 50, summary: null })
    store.append(run, fakeBatch(5, 5), null, null)
    expect(store.runs.row(run)?.done).toBe(60)
  })

  it('that are missing take a run back to its start', () => {
    const run = start()
    append(run, 3)
    expect(store.rewind(run)).toBeNull()
    expect(store.runs.row(run)).toMatchObject({ done: 0, summary: null })
    expect(count('point')).toBe(0)
  })

  it('of the last batch lose no summary', () => {
    const run = start()
    append(run, 3, [2])
    store.rewind(run)
    expect(store.runs.row(run)).toMatchObject({ done: 30, summary: { impressions: 2 } })
  })

  it('of an unknown format are passed over for an older one', () => {
    const run = start()
    append(run, 5, [1, 3])
    db.execute('UPDATE checkpoint SET format = 99 WHERE step = 3')
    expect(store.latestCheckpoint(run)?.step).toBe(1)
  })
})

describe('runs', () => {
  it('have state, reason, backend and an end', () => {
    const run = start()
    store.runs.setBackend(run, fakeBackend, '7')
    store.runs.setState(run, 'failed', 'too small', at)
    expect(store.runs.get(run)).toMatchObject({
      state: 'failed',
      reason: 'too small',
      finishedAt: at,
      backend: fakeBackend,
      engineVersion: '7',
    })
    expect(() => store.runs.setState(run, 'lost' as never, null, null)).toThrow('CHECK')
  })

  it('are listed newest first and found by state', () => {
    const [a, b] = [start(), start()]
    store.runs.setState(a, 'running', null, null)
    expect(store.runs.list().map((row) => row.id)).toEqual([b, a])
    expect(store.runs.inState('running', 'paused')).toEqual([a])
  })

  it('that are deleted vanish at once and go in slices', () => {
    const [run, kept] = [start(), start(other)]
    append(run, 250, [100])
    append(kept, 2)
    store.runs.hide(run)
    expect(store.runs.row(run)).toBeUndefined()
    let turns = 0
    while (store.purgeDeleted()) turns++
    expect(turns).toBeGreaterThan(2)
    expect(count('run')).toBe(1)
    expect(count('experiment')).toBe(1)
    expect(count('point')).toBe(2)
    expect(store.runs.row(start())?.id).toBe(kept + 1) // no number comes back
    expect(integrityProblems(db)).toEqual([])
  })
})

describe('datasets', () => {
  const meta = {
    name: 'ml',
    kind: 'ratings',
    hash: 'abc',
    path: 'abc.ratings',
    users: 3,
    items: 4,
    rows: 5,
    minRating: 1,
    maxRating: 5,
    histogram: [{ rating: 1, count: 5 }],
    hasTime: false,
    source: 'u.data',
    bytes: 99,
  } as const
  const profile = { columns: [], hidden: 0, sample: [], checks: [] }

  it('come back, refuse a second of their name, and know their content', () => {
    store.datasets.add(meta, profile, at)
    store.datasets.add({ ...meta, name: 'again' }, profile, at)
    expect(store.datasets.list().map(({ name }) => name)).toEqual(['again', 'ml'])
    expect(store.datasets.get('ml')).toEqual(meta)
    expect(store.datasets.setNote('ml', 'research use')).toBe(true)
    expect(store.datasets.setNote('none', 'x')).toBe(false)
    const note = 'research use'
    expect(store.datasets.detail('ml')).toEqual({ meta, profile, note, importedAt: at })
    expect(() => store.datasets.add(meta, profile, at)).toThrow('UNIQUE')
    store.datasets.remove('ml')
    expect(store.datasets.holds('abc')).toBe(true)
    store.datasets.remove('again')
    expect(store.datasets.holds('abc')).toBe(false)
  })

  it('are needed by the runs that are not over', () => {
    const run = store.startRun(spec, null, { seed: 1, total: 9, dataset: meta, at })
    const use = { kind: 'run', id: run, name: 'First' }
    expect(store.datasetUses('ml')).toEqual([{ ...use, state: 'queued', needsIt: true }])
    expect(store.runs.get(run)?.dataset).toEqual(meta)
    store.runs.setState(run, 'finished', null, at)
    expect(store.datasetUses('ml')).toEqual([{ ...use, state: 'finished', needsIt: false }])
    expect(store.datasetUses('other')).toEqual([])
  })
})

describe('column mappings', () => {
  it('are remembered by the headers, and forgotten when they no longer make sense', () => {
    const plan = { kind: 'ratings', columns: [{ column: 'who', field: 'user' }] } as const
    const { columnMappings } = store
    expect(columnMappings.get('["who"]')).toBeNull()
    columnMappings.remember('["who"]', { ...plan, columns: [] }, at)
    columnMappings.remember('["who"]', { ...plan, columns: [...plan.columns] }, at)
    expect(columnMappings.get('["who"]')).toEqual(plan)
    db.write<[]>(`UPDATE column_mapping SET plan = '{"kind":"dreams","columns":[]}'`).run()
    expect(columnMappings.get('["who"]')).toBeNull()
  })
})

describe('settings', () => {
  it('have defaults, change field by field, and survive a value that is no longer allowed', () => {
    const defaults = Settings.parse({})
    expect(store.settings.get()).toEqual(defaults)
    store.settings.set({ theme: 'dark', keys: { help: 'm' } })
    const changed = { ...defaults, theme: 'dark', keys: { help: 'm' }, concurrency: 5 }
    expect(store.settings.set({ concurrency: 5 })).toEqual(changed)
    db.execute("UPDATE setting SET value = '\"pink\"' WHERE key = 'theme'")
    db.execute(`UPDATE setting SET value = '{"help":"n"}' WHERE key = 'keys'`) // which another has
    db.execute("INSERT INTO setting VALUES ('gone', '1')")
    expect(store.settings.get()).toEqual({ ...defaults, concurrency: 5 })
  })
})

describe('the audit log', () => {
  it('is read newest first and only added to', () => {
    for (const subject of ['a', 'b', 'c']) {
      store.audit.add({ at, action: 'run.start', subject, detail: '' })
    }
    expect(store.audit.list(2).map((row) => row.subject)).toEqual(['c', 'b'])
    expect(() => db.execute('DELETE FROM audit')).toThrow('only added to')
    expect(() => db.execute("UPDATE audit SET detail = 'x'")).toThrow('only added to')
  })
})
