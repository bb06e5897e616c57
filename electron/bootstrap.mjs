#!/usr/bin/env node
// The first file that runs in a fresh clone: no dependencies, and plain enough for an old Node to parse.
import { spawn, spawnSync } from 'child_process'
import { existsSync, readdirSync, realpathSync, statSync } from 'fs'
import { delimiter, dirname, join } from 'path'
import { fileURLToPath, pathToFileURL } from 'url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const windows = process.platform === 'win32'

/** better-sqlite3 crashes below N-API 10; the sources need a Node that runs TypeScript. */
const MIN_NAPI = 10
const NEEDED = 'Node 24, or 22.14 and newer'

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(process.env.DUELIST_DEBUG ? error : `duelist: ${error.message}`)
    process.exitCode = 1
  },
)

async function main() {
  const args = process.argv.slice(2)
  install()
  const runtime = findRuntime()
  if (!runtime) throw new Error(`needs ${NEEDED}; this is ${process.version}`)
  if (runtime.command !== process.execPath || runtime.flags.length > 0) {
    return rerun(runtime, args)
  }
  buildWhenStale()
  if (args[0] === 'prepare') return 0
  process.setSourceMapsEnabled(true)
  const entry = async (name) => import(pathToFileURL(join(root, 'dist', 'main', name)).href)
  if (args[0] === 'start') return (await entry('start.js')).start(args.slice(1))
  return (await entry('cli.js')).main(args)
}

/** npm ci, when there are no packages or the lock has changed since they came. */
function install() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(lock)) return
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing packages (npm ci); this takes a minute the first time.')
  const npm = process.env.npm_execpath
  // the build needs what a production install would leave out
  const ci = ['ci', '--include=dev']
  const done =
    npm && /\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...ci], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', ci, { cwd: root, stdio: ['ignore', 2, 2], shell: windows })
  if (done.status !== 0) throw new Error('npm ci failed; its message is above')
}

/** This Node if it will do, else the bundled one, else one that the system has. */
function findRuntime() {
  if (runsTypeScript(process.features.typescript, process.versions.napi)) {
    return { command: process.execPath, flags: [] }
  }
  const bundled = join(
    root,
    'node_modules',
    `node-${windows ? 'win' : process.platform}-${process.arch}`,
    'bin',
    windows ? 'node.exe' : 'node',
  )
  // a process that was started by this one and still will not do: no second round
  if (process.env.DUELIST_RERUN) return undefined
  return [bundled, process.execPath, ...systemNodes()].map(probe).find(Boolean)
}

function runsTypeScript(typescript, napi) {
  return Boolean(typescript) && Number(napi) >= MIN_NAPI
}

/** Asks a binary what it can do; the answer is the way to run it, if it will do. */
function probe(command) {
  if (!existsSync(command)) return undefined
  const question = 'process.stdout.write(process.features.typescript+" "+process.versions.napi)'
  for (const flags of [[], ['--experimental-strip-types', '--no-warnings']]) {
    const { status, stdout } = spawnSync(command, [...flags, '-e', question], { encoding: 'utf8' })
    const [typescript, napi] = status === 0 ? stdout.split(' ') : ['undefined', '0']
    if (runsTypeScript(/strip|transform/.test(typescript), napi)) return { command, flags }
  }
  return undefined
}

function systemNodes() {
  const files = (process.env.PATH || '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, windows ? 'node.exe' : 'node'))
    .filter((file) => existsSync(file))
    .map((file) => realpathSync(file))
  return [...new Set(files)]
}

function rerun(runtime, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      runtime.command,
      [...runtime.flags, fileURLToPath(import.meta.url), ...args],
      {
        stdio: 'inherit',
        env: { ...process.env, DUELIST_RERUN: '1' },
      },
    )
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // a terminal has sent its Ctrl+C to the child as well
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      })
    }
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code === null ? signalCode(signal) : code))
  })
}

/** What a shell reports for a process that ended by a signal. */
function signalCode(signal) {
  return signal === 'SIGINT' ? 130 : 143
}

function buildWhenStale() {
  const stamp = join(root, 'dist', 'stamp')
  if (existsSync(stamp) && newest() <= statSync(stamp).mtimeMs) return
  const build = join(root, 'electron', 'build.ts')
  // a packaged copy has no sources to build
  if (!existsSync(build)) return
  console.error('Building; this takes some seconds after a change.')
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--eval'))
  const done = spawnSync(process.execPath, [...flags, build], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) throw new Error('the build failed; its message is above')
}

/** When a source last changed. Folders count too: their time changes with what is added or removed. */
function newest() {
  let latest = 0
  const see = (file) => {
    latest = Math.max(latest, statSync(file).mtimeMs)
  }
  const walk = (folder) => {
    see(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else see(path)
    }
  }
  for (const folder of ['core', 'db', 'electron', 'renderer']) walk(join(root, folder))
  see(join(root, 'package.json'))
  return latest
}
