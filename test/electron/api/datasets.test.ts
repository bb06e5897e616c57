import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFile } from '#electron/worker/import/importFile'
import { inProcessWorker } from '#electron/worker/inProcess'
import { fakeHandlers } from '../../support/fakeRun.ts'
import { last } from '../../support/last.ts'
import { bench, fakeSpec, untilState, type Api, type Bench } from '../../support/hostHarness.ts'

// the real import in a fake job process
const importing = () => inProcessWorker({ ...fakeHandlers(), 'job.import': importFile })

let b: Bench
beforeEach(async () => {
  b = await bench({ fork: importing })
})
afterEach(() => b.end())

const ratings = Array.from({ length: 300 }, (_, i) => `${i % 20}\t${i % 37}\t${1 + (i % 5)}\t${i}`)

async function upload(text: string, fileName = 'u.data', api: Api = b.api): Promise<string> {
  const id = await api.call('uploads.begin', { fileName })
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += 1000) {
    await api.call('uploads.append', { upload: id, bytes: bytes.subarray(at, at + 1000) })
  }
  return id
}

async function importAs(name: string, text = ratings.join('\n'), fileName?: string) {
  const items = []
  const input = { upload: await upload(text, fileName), name }
  for await (const batch of b.api.stream('datasets.import', input)) items.push(...batch)
  const end = last(items)
  if (end.type !== 'finished') throw new Error('the import did not finish')
  return end.meta
}

const filesBeside = () => readdirSync(`${b.workspace}.files`).filter((name) => name !== 'uploads')
const uploadsLeft = () => {
  const folder = join(`${b.workspace}.files`, 'uploads')
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('an import', () => {
  it('turns an upload into a dataset that a run can name', async () => {
    const meta = await importAs('ml')
    expect(meta).toMatchObject({ name: 'ml', users: 20, items: 37, source: 'u.data' })
    expect(meta.path).toBe(`${meta.hash}.ratings`) // never a path of this machine
    expect(filesBeside()).toEqual([meta.path])
    expect(await b.api.call('datasets.list', {})).toEqual([meta])

    const spec = { ...fakeSpec('on ml'), environment: { kind: 'ratings', dataset: 'ml' } }
    const run = await b.api.call('runs.start', { spec, seed: 1 })
    await untilState(b.api, run, 'finished')
    const detail = await b.api.call('runs.get', { run })
    expect(detail.dataset).toEqual(meta)
    const wrong = { ...spec, environment: { kind: 'ratings', dataset: 'mi' } }
    const { issues } = await b.api.call('spec.check', { spec: wrong })
    expect(issues[0]).toMatchObject({
      message: expect.stringContaining('there are "ml"'),
      fix: 'ml',
    })
  })

  it('refuses a name that is taken, before and after reading', async () => {
    await importAs('ml')
    await expect(importAs('ml', ratings.slice(1).join('\n'))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      fields: [{ path: 'name' }],
    })
    const other = ratings.slice(1).join('\n')
    const both = await Promise.allSettled([importAs('two'), importAs('two', other)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await b.api.call('datasets.list', {})).toHaveLength(2)
  })

  it('of a bad file names the row, and imports nothing', async () => {
    await expect(importAs('bad', '1\t2\t3\n1\tx\n')).rejects.toMatchObject({ code: 'BAD_FILE' })
    expect(await b.api.call('datasets.list', {})).toEqual([])
    expect(filesBeside()).toEqual([])
  })

  it('keeps content that another dataset has as well', async () => {
    const meta = await importAs('one')
    await importAs('two')
    // item vectors that a training has kept go with it
    mkdirSync(join(`${b.workspace}.files`, `${meta.path}.vectors`))
    await b.api.call('datasets.delete', { name: 'one' })
    expect(filesBeside()).toEqual([meta.path, `${meta.path}.vectors`])
    await b.api.call('datasets.delete', { name: 'two' })
    expect(filesBeside()).toEqual([])
    await expect(b.api.call('datasets.delete', { name: 'two' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('stays while a run still needs it, and is asked for when it is gone', async () => {
    await importAs('ml')
    const environment = { kind: 'ratings', dataset: 'ml' }
    const spec = { ...fakeSpec('slow one', 'slow=20'), environment }
    const run = await b.api.call('runs.start', { spec, seed: 1 })
    await expect(b.api.call('datasets.delete', { name: 'ml' })).rejects.toThrow(
      `"ml" is still needed by run ${run} "slow one"`,
    )
    await b.api.call('runs.cancel', { run })
    await untilState(b.api, run, 'cancelled')
    await b.api.call('datasets.delete', { name: 'ml' })
    await b.api.call('runs.resume', { run })
    const { reason } = await untilState(b.api, run, 'failed')
    expect(reason).toBe('the dataset "ml" is no longer in the workspace; import it again')
  })
})

describe('an upload', () => {
  it('keeps its name and no more of it', async () => {
    const meta = await importAs('odd', ratings.join('\n'), '../../etc/pass:wd\u0000.csv')
    expect(meta.source).toBe('.._.._etc_pass_wd_.csv')
    expect((await importAs('dots', ratings.slice(1).join('\n'), '..')).source).toBe('file')
  })

  it('is refused in pieces that are too large, and under an unknown id', async () => {
    const id = await upload('1')
    const bytes = new Uint8Array(256 * 1024 + 1)
    await expect(b.api.call('uploads.append', { upload: id, bytes })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: '262145 bytes are more than the 262144 that are allowed',
    })
    const elsewhere = { upload: '../../x', bytes: new Uint8Array(1) }
    await expect(b.api.call('uploads.append', elsewhere)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('can not be removed by an id that is a path', async () => {
    const precious = join(b.folder, 'precious')
    mkdirSync(precious)
    await upload('1')
    await b.api.call('uploads.abort', { upload: '../../precious' })
    expect(existsSync(precious)).toBe(true)
  })

  it('goes when it is aborted, and when its page goes', async () => {
    const id = await upload('1')
    await b.api.call('uploads.abort', { upload: id })
    expect(uploadsLeft()).toEqual([])
    const { api, close } = b.connect()
    await upload('1', 'x', api)
    expect(uploadsLeft()).toHaveLength(1)
    close()
    await expect.poll(uploadsLeft).toEqual([])
  })

  it('belongs to its page alone', async () => {
    const id = await upload('1')
    const { api, close } = b.connect()
    const bytes = new Uint8Array(1)
    await expect(api.call('uploads.append', { upload: id, bytes })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    close()
  })

  it('is limited to eight at a time', async () => {
    for (let i = 0; i < 8; i++) await upload('1')
    await expect(upload('1')).rejects.toMatchObject({ code: 'BUSY' })
  })
})

describe('opening a workspace', () => {
  it('clears what an earlier host left half-done', async () => {
    const { path } = await importAs('ml')
    await b.stop()
    const files = `${b.workspace}.files`
    mkdirSync(join(files, 'uploads', 'dead'), { recursive: true })
    for (const name of ['abc.ratings', 'abc.ratings.vectors', `${path}.1.part`]) {
      writeFileSync(join(files, name), 'x')
    }
    mkdirSync(join(files, `${path}.vectors`))
    const again = await bench({ fork: importing }, b.folder)
    expect(readdirSync(files)).toEqual([path, `${path}.vectors`])
    await again.end()
  })
})
