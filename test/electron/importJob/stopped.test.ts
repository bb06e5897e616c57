import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/rpc/cancel'
import { importFile } from '#electron/worker/import/importFile'
import { forkWorker } from '#electron/worker/fork'
import { bench } from '../../support/hostHarness.ts'
import { importing, type Importing } from '../../support/importing.ts'
import { TAG, taggedProcesses, untilGone } from '../../support/taggedProcesses.ts'

const lists = 60_000
let t: Importing
let file: string

beforeAll(() => {
  t = importing()
  const parts = ['impression_id,user_id,timestamp,position,item_id,team,click\n']
  for (let list = 0; list < lists; list++) {
    for (let position = 1; position <= 5; position++) {
      const item = (list * 31 + position * 17) % 5000
      const team = (list + position) % 2 === 0 ? 'A' : 'B'
      const click = (list * position) % 9 === 0 ? 1 : 0
      parts.push(
        `i${list},u${list % 9000},${1_700_000_000 + list},${position},d${item},${team},${click}\n`,
      )
    }
  }
  file = join(t.base, 'large.csv')
  writeFileSync(file, parts.join(''))
})
afterAll(() => t.end())

describe('an import that is cancelled', () => {
  it.each(['reading', 'writing'] as const)(
    'while %s ends soon and leaves nothing',
    async (stage) => {
      const stop = cancelSource()
      let asked = NaN
      for await (const event of importFile(t.job(file), stop.cancel)) {
        expect(event.type).toBe('progress')
        if (event.type === 'progress' && event.stage === stage && Number.isNaN(asked)) {
          await sleep(30)
          asked = performance.now()
          stop.abort()
        }
      }
      expect(performance.now() - asked).toBeLessThan(1500) // 500 on an idle machine; this one is shared
      expect(readdirSync(t.folder)).toEqual([])
      expect(existsSync(t.rejects)).toBe(false)
    },
  )
})

describe.runIf(process.platform === 'linux')('kill -9 in the middle of an import', () => {
  it('of its job process leaves the workspace as before, and says so', async () => {
    const tag = randomUUID()
    process.env[TAG] = tag
    const b = await bench({ fork: forkWorker })
    try {
      const upload = await b.api.call('uploads.begin', { fileName: 'large.csv' })
      const bytes = new TextEncoder().encode(
        'impression_id,user_id,timestamp,position,item_id,team,click\n' +
          'i,u,1,1,d,A,0\n'.repeat(15_000),
      )
      for (let piece = 0; piece < 12; piece++) {
        await b.api.call('uploads.append', { upload, bytes: bytes.subarray(piece === 0 ? 0 : 60) })
      }
      const work = async () => {
        for await (const events of b.api.stream('datasets.import', { upload, name: 'x' })) {
          if (events.length > 0)
            for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
        }
      }
      await expect(work()).rejects.toMatchObject({ code: 'CRASHED' })
      expect(readdirSync(`${b.workspace}.files`)).toEqual(['uploads'])
      expect(await b.api.call('datasets.list', {})).toEqual([])
    } finally {
      await b.end()
      Reflect.deleteProperty(process.env, TAG)
    }
    expect(await untilGone(tag)).toEqual([])
  })

  it('of everything leaves the workspace as before when it is opened again', async () => {
    const tag = randomUUID()
    const folder = mkdtempSync(join(tmpdir(), 'duelist-kill-'))
    try {
      const workspace = join(folder, 'w.db')
      const bootstrap = resolve(import.meta.dirname, '../../../electron/bootstrap.mjs')
      const child = spawn(
        process.execPath,
        [bootstrap, 'import', file, '--as', 'x', '--db', workspace],
        { env: { ...process.env, [TAG]: tag }, stdio: 'ignore' },
      )
      const ended = once(child, 'exit')
      const files = `${workspace}.files`
      const isWorking = () =>
        existsSync(files) &&
        readdirSync(files, { recursive: true }).some((name) =>
          String(name).endsWith('stage.duckdb'),
        )
      while (!isWorking() && child.exitCode === null) await sleep(5)
      for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
      await ended
      expect(await untilGone(tag)).toEqual([])
      expect(readdirSync(files).some((name) => name.endsWith('.work'))).toBe(true) // it was at work

      const b = await bench({ fork: forkWorker, workspace }, folder)
      expect(await b.api.call('datasets.list', {})).toEqual([])
      expect(readdirSync(files).filter((name) => name !== 'uploads')).toEqual([])
      await b.stop()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)
})
