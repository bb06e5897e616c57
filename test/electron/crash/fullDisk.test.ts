import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RpcError } from '#core/rpc/rpcError'
import { projectRoot } from '#electron/projectRoot'
import { storageError, storageFault } from '#electron/storageFault'
import { prepareBuild } from '../../support/prepareBuild.ts'

const spec = {
  name: 'fills the disk',
  environment: { kind: 'typedLatent', users: 80, items: 150, ratingsPerUser: 30 },
  traffic: { users: 200, impressionsPerUser: 15, poolSize: 40 },
  agent: { kind: 'drn', hidden: 8, pretrainSteps: 20, majorEveryDuels: 3, majorSteps: 3 },
  explorer: { kind: 'dbgd', duelImpressions: 20 },
}
const bootstrap = join(projectRoot, 'electron', 'bootstrap.mjs')

/** @param kilobytes that any file may have; a write beyond fails, as on a full disk */
async function duelist(args: readonly string[], kilobytes: number | null = null) {
  const limit = kilobytes === null ? '' : `trap '' XFSZ; ulimit -f ${kilobytes}; `
  const child = spawn('bash', [
    '-c',
    `${limit}exec "$0" "$@"`,
    process.execPath,
    bootstrap,
    ...args,
  ])
  let stdout = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  const [code] = (await once(child, 'close')) as [number]
  const [last = '{}'] = stdout.trim().split('\n').slice(-1)
  return { code, last: JSON.parse(last) as Record<string, unknown> }
}

describe.runIf(process.platform === 'linux')('a disk that takes no more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duelist-full-'))
  beforeAll(() => prepareBuild())
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('interrupts a run, which later goes on to the same digest', async () => {
    const file = join(folder, 'spec.json')
    writeFileSync(file, JSON.stringify(spec))
    const run = ['run', file, '--seed', '3', '--json']
    const whole = await duelist([...run, '--db', join(folder, 'whole.db')])
    expect(whole.code).toBe(0)

    const db = join(folder, 'small.db')
    const stopped = await duelist([...run, '--db', db], 1500)
    expect(stopped.code).toBe(1)
    expect(stopped.last).toMatchObject({ state: 'interrupted' })
    expect(stopped.last['reason']).toMatch(/^the disk with the workspace .* try again after batch /)

    const resumed = await duelist(['resume', '1', '--json', '--db', db])
    expect(resumed.last).toMatchObject({ state: 'finished', digest: whole.last['digest'] })
  }, 60_000)
})

describe('an error of the disk', () => {
  const coded = (code: string) => Object.assign(new Error('whatever it says'), { code })

  it.each([
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_READONLY_DBMOVED', 'readOnly'],
    ['EROFS', 'readOnly'],
    ['SQLITE_IOERR_WRITE', 'refused'],
  ] as const)('%s is %s, with a remedy', (code, fault) => {
    expect(storageFault(coded(code))).toBe(fault)
    expect(storageError(coded(code))).toBeInstanceOf(RpcError)
    expect(storageError(coded(code))!.message).toMatch(/try again$/)
  })

  it.each([coded('SQLITE_CONSTRAINT'), new Error('other'), 'text', 7])('is not: %s', (error) => {
    expect(storageFault(error)).toBeNull()
    expect(storageError(error)).toBeNull()
  })
})
