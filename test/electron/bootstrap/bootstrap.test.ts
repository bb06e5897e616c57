import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTree, wrapNode } from './tree.ts'

const source = join(import.meta.dirname, '../../../electron/bootstrap.mjs')
const bundled = `node_modules/node-${process.platform}-${process.arch}/bin/node`
/** Makes this Node one that does not run TypeScript, as an older one would be. */
const unfit = ['--no-experimental-strip-types']

describe('bootstrap.mjs', () => {
  it('can be run by npx and parsed by an old Node without any package', () => {
    const text = readFileSync(source, 'utf8')
    expect(statSync(source).mode & 0o111).toBe(0o111)
    expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true)
    const imported = [...text.matchAll(/^import .* from '(.*)'$/gm)].map(([, name]) => name)
    expect(imported).toEqual(['child_process', 'fs', 'path', 'url'])
    expect(text).not.toMatch(/\?\?|\?\.|^await |import\.meta\.(?!url)/m)
  })
})

describe('prepare', () => {
  it('builds once, and again only after a change', async () => {
    const tree = await makeTree()
    const first = await tree.run(['prepare'])
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toContain('Building')
    expect(await tree.run(['prepare'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await tree.counts()).toEqual({ builds: 1, installs: 0 })
  })

  it.each([
    ['a source is edited', 'core/run/a.ts'],
    ['a source is added or removed', 'core/run'],
    ['package.json is edited', 'package.json'],
  ])('builds when %s', async (_, name) => {
    const tree = await makeTree()
    await tree.run(['prepare'])
    await tree.date(name, 5)
    await tree.run(['prepare'])
    expect((await tree.counts()).builds).toBe(2)
  })

  it('does not look at tests or documents', async () => {
    const tree = await makeTree()
    await tree.write('test/a.test.ts', '')
    await tree.run(['prepare'])
    await tree.date('test/a.test.ts', 5)
    await tree.run(['prepare'])
    expect((await tree.counts()).builds).toBe(1)
  })

  it('stops with one sentence when the build fails', async () => {
    const tree = await makeTree()
    await tree.write('electron/build.ts', 'process.exit(1)')
    const { code, stderr } = await tree.run(['prepare'])
    expect(code).toBe(1)
    expect(stderr.trim().split('\n').at(-1)).toBe('duelist: the build failed; its message is above')
  })

  it('runs npm ci when there are no packages or the lock is newer', async () => {
    const tree = await makeTree()
    await tree.date('package-lock.json', 5)
    const { code, stderr } = await tree.run(['prepare'])
    expect(code).toBe(0)
    expect(stderr).toContain('npm ci')
    await rm(tree.path('node_modules'), { recursive: true })
    await tree.date('package-lock.json', -100)
    await tree.run(['prepare'])
    await tree.run(['prepare'])
    expect((await tree.counts()).installs).toBe(2)
  })

  it('stops with one sentence when npm ci fails', async () => {
    const tree = await makeTree()
    await rm(tree.path('node_modules'), { recursive: true })
    const { code, stderr } = await tree.run(['prepare'], { env: { NPM_FAILS: '1' } })
    expect(code).toBe(1)
    expect(stderr).toContain('duelist: npm ci failed; its message is above')
    expect((await tree.counts()).builds).toBe(0)
  })
})

describe('the verbs', () => {
  it('start goes to the launcher, all else to the command line, with their arguments', async () => {
    const tree = await makeTree()
    const started = await tree.run(['start', '--no-open', '--port', '9'])
    expect(JSON.parse(started.stdout)).toMatchObject({
      verb: 'start',
      args: ['--no-open', '--port', '9'],
    })
    for (const args of [[], ['--help'], ['run', 'spec.json']]) {
      const { stdout } = await tree.run(args)
      expect(JSON.parse(stdout)).toMatchObject({ verb: 'cli', args })
    }
  })

  it('hands on the exit code', async () => {
    const tree = await makeTree()
    expect((await tree.run(['exit', '5'])).code).toBe(5)
  })

  it('prints an error as one sentence, and its stack on demand', async () => {
    const tree = await makeTree()
    await tree.run(['prepare'])
    expect(await tree.run(['fail'])).toMatchObject({
      code: 1,
      stderr: 'duelist: the disk is full\n',
    })
    const { stderr } = await tree.run(['fail'], { env: { DUELIST_DEBUG: '1' } })
    expect(stderr).toContain('at Module.main')
  })
})

describe.skipIf(process.platform === 'win32')('the runtime', () => {
  it('is this Node where it will do', async () => {
    const tree = await makeTree()
    await wrapNode(tree, bundled, 'bundled')
    const { stdout } = await tree.run(['x'])
    expect((JSON.parse(stdout) as { mark?: string }).mark).toBeUndefined()
  })

  it('is the bundled one when this Node will not do', async () => {
    const tree = await makeTree()
    await wrapNode(tree, bundled, 'bundled')
    const { stdout, code } = await tree.run(['exit', '5'], { flags: unfit })
    expect(JSON.parse(stdout)).toMatchObject({ mark: 'bundled', typescript: 'strip' })
    expect(code).toBe(5)
  })

  it('gets the signals meant for it', async () => {
    const tree = await makeTree()
    await wrapNode(tree, bundled, 'bundled')
    await tree.run(['prepare'])
    const child = tree.spawn(['wait'], { flags: unfit })
    await once(child.stdout!, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
  })

  it('is not looked for twice', async () => {
    const tree = await makeTree()
    const { code, stderr } = await tree.run(['x'], { flags: unfit, env: { DUELIST_RERUN: '1' } })
    expect(code).toBe(1)
    expect(stderr).toBe(`duelist: needs Node 24, or 22.14 and newer; this is ${process.version}\n`)
  })
})

const old = oldNode()
describe.skipIf(old === undefined)(`under an older Node of this system (${old ?? 'none'})`, () => {
  it('goes on with the bundled one, else with one from PATH, else says what is missing', async () => {
    const tree = await makeTree()
    const missing = await tree.run(['x'], { node: old! })
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toMatch(
      /^duelist: needs Node 24, or 22.14 and newer; this is v\d+\S+\n$/,
    )

    await wrapNode(tree, 'path/node', 'path')
    const fromPath = await tree.run(['x'], { node: old!, env: { PATH: tree.path('path') } })
    expect(JSON.parse(fromPath.stdout)).toMatchObject({ mark: 'path' })

    await wrapNode(tree, bundled, 'bundled')
    const fromBundle = await tree.run(['x'], { node: old!, env: { PATH: tree.path('path') } })
    expect(JSON.parse(fromBundle.stdout)).toMatchObject({ mark: 'bundled' })
  })
})

/** A Node below 22 in PATH, of which many a machine has one. */
function oldNode(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file))
    .find((file) => {
      const version = execFileSync(file, ['--version'], { encoding: 'utf8' })
      return Number(/^v(\d+)/.exec(version)?.[1]) < 22
    })
}
