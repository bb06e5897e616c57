import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const bootstrap = join(import.meta.dirname, '../../../electron/bootstrap.mjs')

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly node?: string
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A clone in small: the real bootstrap, a build that only writes down that it ran, two entries. */
export interface Tree {
  readonly root: string
  path(name: string): string
  write(name: string, text: string): Promise<void>
  /** Dates a file back or forth by so many seconds from now. */
  date(name: string, seconds: number): Promise<void>
  spawn(args: readonly string[], options?: RunOptions): ChildProcess
  run(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** How often the build and npm have run. */
  counts(): Promise<{ builds: number; installs: number }>
}

const BUILD = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
const root: string = import.meta.dirname + '/..'
appendFileSync(root + '/builds.log', 'x')
mkdirSync(root + '/dist/main', { recursive: true })
const report = (verb) => 'console.log(JSON.stringify({ verb: ' + JSON.stringify(verb) + ', args,' +
  ' mark: process.env.MARK, typescript: process.features.typescript }))'
writeFileSync(root + '/dist/main/start.js', 'export async function start(args) { ' + report('start') + '; return 0 }')
writeFileSync(root + '/dist/main/cli.js', 'export async function main(args) { const stopped = new Promise((resolve) => process.once("SIGTERM", resolve)); ' + report('cli') + \`
  if (args[0] === 'fail') throw new Error('the disk is full')
  if (args[0] === 'wait') {
    const timer = setInterval(() => undefined, 1000)
    await stopped // heard from before the report on, which tells the test to send it
    clearInterval(timer)
    return 7
  }
  return Number(args[1] ?? 0) }\`)
writeFileSync(root + '/dist/stamp', '')
`

const NPM = `
const { appendFileSync, writeFileSync, mkdirSync } = require('node:fs')
appendFileSync('installs.log', 'x')
if (process.argv.slice(2).join(' ') !== 'ci --include=dev') process.exit(9)
if (process.env.NPM_FAILS) process.exit(1)
mkdirSync('node_modules', { recursive: true })
writeFileSync('node_modules/.package-lock.json', '{}')
`

export async function makeTree(): Promise<Tree> {
  const root = await mkdtemp(join(tmpdir(), 'duelist-tree-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const path = (name: string) => join(root, name)
  const write = async (name: string, text: string) => {
    await mkdir(dirname(path(name)), { recursive: true })
    await writeFile(path(name), text)
  }
  const date = async (name: string, seconds: number) => {
    const time = new Date(Date.now() + seconds * 1000)
    await utimes(path(name), time, time)
  }
  await write('package.json', '{ "type": "module" }')
  await write('package-lock.json', '{}')
  await write('node_modules/.package-lock.json', '{}')
  await date('package-lock.json', -100)
  await write('electron/build.ts', BUILD)
  await copyFile(bootstrap, path('electron/bootstrap.mjs'))
  for (const folder of ['core/run', 'db', 'renderer']) await write(`${folder}/a.ts`, 'export {}')
  await write('npm.cjs', NPM)
  await mkdir(path('empty'))

  const start = (args: readonly string[], { node, flags = [], env = {} }: RunOptions = {}) =>
    spawn(node ?? process.execPath, [...flags, path('electron/bootstrap.mjs'), ...args], {
      cwd: path('empty'),
      env: { PATH: path('empty'), npm_execpath: path('npm.cjs'), ...env },
    })
  const length = (name: string) =>
    readFile(path(name), 'utf8').then(
      (text) => text.length,
      () => 0,
    )

  return {
    root,
    path,
    write,
    date,
    spawn: start,
    run: (args, options) =>
      new Promise((resolve, reject) => {
        const child = start(args, options)
        let stdout = ''
        let stderr = ''
        child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
        child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
        child.on('error', reject)
        child.on('close', (code) => resolve({ code, stdout, stderr }))
      }),
    counts: async () => ({
      builds: await length('builds.log'),
      installs: await length('installs.log'),
    }),
  }
}

/** A stand-in for a Node binary: runs the real one, marked, after `setup`. */
export async function wrapNode(tree: Tree, name: string, mark: string): Promise<void> {
  await tree.write(name, `#!/bin/sh\nMARK=${mark} exec ${process.execPath} "$@"\n`)
  await chmod(tree.path(name), 0o755)
}
