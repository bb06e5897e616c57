import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StudyFrame } from '#core/contract/studies'
import { cancelSource } from '#core/rpc/cancel'
import { uploadFile } from '#electron/cli/uploadFile'
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

it('through the host, a cancelled import leaves nothing but the upload, which goes as well', async () => {
  const b = await bench({ fork: forkWorker })
  try {
    const upload = await uploadFile(b.api, file, { aborted: false })
    const stop = cancelSource()
    const input = { upload, name: 'x' }
    for await (const events of b.api.stream('datasets.import', input, { signal: stop.cancel })) {
      expect(events.every(({ type }) => type === 'progress')).toBe(true)
      stop.abort()
    }
    const left = () => readdirSync(`${b.workspace}.files`)
    await expect.poll(left).toEqual(['uploads'])
    await b.api.call('uploads.abort', { upload })
    expect(readdirSync(join(`${b.workspace}.files`, 'uploads'))).toEqual([])
    expect(await b.api.call('datasets.list', {})).toEqual([])
  } finally {
    await b.end()
  }
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

  it('of the job process of an analysis goes on by another to the same digest', async () => {
    const tag = randomUUID()
    process.env[TAG] = tag
    const b = await bench({ fork: forkWorker })
    try {
      const upload = await uploadFile(b.api, file, { aborted: false })
      for await (const events of b.api.stream('datasets.import', { upload, name: 'log' })) {
        if (events.at(-1)?.type === 'finished') break
      }
      const study = await b.api.call('studies.start', {
        kind: 'logAnalysis',
        spec: { dataset: 'log' },
        seed: 0,
      })
      const until = async (enough: (frame: StudyFrame) => boolean) => {
        for await (const frames of b.api.stream('studies.watch', { study })) {
          const last = frames.at(-1)!
          if (enough(last)) return last
        }
        throw new Error('the study was not watched to its end')
      }
      const ended = ({ state }: StudyFrame) => !['queued', 'running'].includes(state)
      const digest = async () => (await b.api.call('studies.get', { study })).digest
      await until(({ stage }) => stage === 'judging')
      for (const pid of taggedProcesses(tag)) process.kill(pid, 'SIGKILL')
      expect(await until(ended)).toMatchObject({ state: 'finished' })
      const log = await b.api.call('audit.list', { limit: 100, subject: `study ${study}` })
      expect(log.map(({ action }) => action)).toContain('study.restarted')
      const other = await b.api.call('studies.start', {
        kind: 'logAnalysis',
        spec: { dataset: 'log' },
        seed: 0,
      })
      for await (const frames of b.api.stream('studies.watch', { study: other })) {
        if (ended(frames.at(-1)!)) break
      }
      const undisturbed = await b.api.call('studies.get', { study: other })
      expect(await digest()).toBe(undisturbed.digest)
    } finally {
      await b.end()
      Reflect.deleteProperty(process.env, TAG)
    }
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
