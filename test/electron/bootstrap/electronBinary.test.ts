import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchElectron, findElectron } from '#electron/electronBinary'
import { launchElectron, REPORTED } from '#electron/launchElectron'

let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'duelist-electron-'))
  folder = join(root, 'electron')
  await mkdir(join(folder, 'dist'), { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

const install = (script: string) => writeFile(join(folder, 'install.js'), script)
const SUCCEEDS = `
const { writeFileSync } = require('node:fs')
writeFileSync(__dirname + '/path.txt', 'electron')
writeFileSync(__dirname + '/dist/electron', '')`
const FAILS = `console.error('\\nRequestError: no route\\n  at somewhere'); process.exit(1)`

describe('findElectron', () => {
  it('follows path.txt into dist, and finds nothing before both are there', async () => {
    expect(findElectron(folder, {})).toBeUndefined()
    await writeFile(join(folder, 'path.txt'), 'electron')
    expect(findElectron(folder, {})).toBeUndefined()
    await writeFile(join(folder, 'dist', 'electron'), '')
    expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'))
  })

  it('prefers a folder that the user names', async () => {
    const own = join(root, 'own')
    await mkdir(own)
    const env = { ELECTRON_OVERRIDE_DIST_PATH: own }
    expect(findElectron(folder, env)).toBeUndefined()
    await writeFile(join(folder, 'path.txt'), 'electron')
    await writeFile(join(own, 'electron'), '')
    expect(findElectron(folder, env)).toBe(join(own, 'electron'))
  })
})

describe('fetchElectron', () => {
  const lines: string[] = []
  beforeEach(() => (lines.length = 0))
  const fetchAt = (now: number, limitMs = 5000) =>
    fetchElectron({
      folder,
      memory: join(root, 'cache', 'failed'),
      now,
      limitMs,
      env: process.env,
      log: (line) => lines.push(line),
    })
  const hour = 3_600_000

  it('runs the installer and finds what it brought', async () => {
    await install(SUCCEEDS)
    expect(await fetchAt(0)).toEqual({ path: join(folder, 'dist', 'electron') })
    expect(lines).toHaveLength(1)
  })

  it('remembers a failure for a day', async () => {
    await install(FAILS)
    const day = 1_800_000_000_000
    expect(await fetchAt(day)).toEqual({
      missing: 'Electron could not be fetched (RequestError: no route)',
    })
    await install(SUCCEEDS)
    expect(await fetchAt(day + 23 * hour)).toEqual({
      missing: 'Electron could not be fetched lately; npx install-electron tries again',
    })
    expect(lines).toHaveLength(1)
    expect(await fetchAt(day + 25 * hour)).toHaveProperty('path')
    await expect(readFile(join(root, 'cache', 'failed'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('tries again when the clock was set back or the note is broken', async () => {
    await install(FAILS)
    await fetchAt(2 * hour)
    await install(SUCCEEDS)
    expect(await fetchAt(hour)).toHaveProperty('path')
    await rm(join(folder, 'path.txt'))
    await writeFile(join(root, 'cache', 'failed'), 'nonsense')
    expect(await fetchAt(hour)).toHaveProperty('path')
  })

  it('does not wait longer than its limit', async () => {
    await install('setInterval(() => undefined, 1000)')
    const started = performance.now()
    expect(await fetchAt(0, 1000)).toEqual({
      missing: 'Electron could not be fetched (not within 1 s)',
    })
    expect(performance.now() - started).toBeLessThan(4000)
  })

  it('does not take silence for success', async () => {
    await install('')
    expect(await fetchAt(0)).toEqual({
      missing: 'Electron could not be fetched (it left no binary)',
    })
  })

  it('says that the package is missing', async () => {
    expect(await fetchAt(0)).toEqual({ missing: 'the electron package is not installed' })
  })
})

describe.skipIf(process.platform === 'win32')('launchElectron', () => {
  const binary = async (script: string) => {
    const path = join(root, 'app')
    await writeFile(path, `#!/bin/sh\n${script}\n`)
    await chmod(path, 0o755)
    return path
  }

  it('opens the project and ends with the window', async () => {
    const path = await binary(`[ "$1" = ${root} ] && exit 0; exit 9`)
    expect(await launchElectron(path, root)).toEqual({ kind: 'closed', code: 0 })
  })

  it('tells an app that never started from one that was closed', async () => {
    expect(await launchElectron(await binary('exit 127'), root)).toEqual({
      kind: 'not started',
      why: 'it ended with 127',
    })
    expect(await launchElectron(await binary('kill -SEGV $$'), root)).toEqual({
      kind: 'not started',
      why: 'it ended with SIGSEGV',
    })
    expect(await launchElectron(join(root, 'nothing'), root)).toMatchObject({ kind: 'not started' })
  })

  it('does not start a second thing after a failure that the app has shown', async () => {
    const path = await binary(`exit ${String(REPORTED)}`)
    expect(await launchElectron(path, root)).toEqual({ kind: 'closed', code: REPORTED })
  })

  it('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGTERM')
    await launchElectron(await binary('exit 0'), root)
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })
})
