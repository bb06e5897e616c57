import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeFrame } from '#core/rpc/frame'
import { APPLICATION_ID } from '#db/format'
import { migrations } from '#db/migrations/index'
import { connect } from '#db/open'
import { createStore } from '#db/store'
import { openWorkspace } from '#db/workspace'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-studies-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('makes studies of the calibrations of an earlier file, and keeps their numbers', () => {
  const path = join(folder, 'old.db')
  const old = connect(path)
  for (const { sql } of migrations.slice(0, 2)) old.execute(sql)
  old.execute(`PRAGMA application_id = ${APPLICATION_ID}`)
  old.execute('PRAGMA user_version = 2')
  const spec = { name: 'Old design', analysis: { errorRate: 0.05 } }
  const insert = old.write<[string, string, Uint8Array | null]>(
    `INSERT INTO calibration (spec, seed, repetitions, effect, state, done, created_at, report, checkpoint)
     VALUES (?, 7, 40, 0.1, 'interrupted', 3, '2026-01-02T03:04:05.000Z', ?, ?)`,
  )
  const checkpoint = { format: 1, votes: Float32Array.of(0.5) }
  insert.run(JSON.stringify(spec), '{"digest":"d"}', encodeFrame(checkpoint))
  insert.run(JSON.stringify(spec), '{"digest":"e"}', null)
  old.write('DELETE FROM calibration WHERE id = 2').run()
  old.close()

  const store = createStore(openWorkspace(path))
  expect(store.studies.list()).toHaveLength(1)
  expect(store.studies.get(1)).toMatchObject({
    kind: 'calibration',
    name: 'Old design',
    spec: { experiment: spec, repetitions: 40, effect: 0.1 },
    seed: 7,
    state: 'interrupted',
    done: 3,
    total: 40,
    report: { digest: 'd' },
  })
  expect(store.studies.checkpoint(1)).toEqual(checkpoint)
  const facts = { kind: 'calibration', name: 'new', seed: 1, total: 1, dataset: null } as const
  // the number of the deleted one does not come back
  expect(store.studies.create({ ...facts, spec: {}, at: '2026-01-02T03:04:05.000Z' })).toBe(3)
  store.close()
})
