import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '#electron/cli'
import { projectRoot } from '#electron/projectRoot'
import { noInterrupt, rememberingTerminal } from './rememberingTerminal.ts'

let folder: string
let db: string
let spec: string

const small = {
  name: 'A small duel',
  environment: { kind: 'typedLatent', users: 60, items: 120, ratingsPerUser: 20 },
  traffic: { users: 60, impressionsPerUser: 10, concurrentUsers: 10, poolSize: 40 },
  agent: { kind: 'drn', hidden: 8, pretrainSteps: 20, majorSteps: 5 },
  explorer: { kind: 'dbgd', alpha: 0.5, duelImpressions: 20 },
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-cli-'))
  db = join(folder, 'workspace.db')
  spec = join(folder, 'small.json')
  writeFileSync(spec, JSON.stringify(small))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function duelist(...argv: string[]) {
  const terminal = rememberingTerminal()
  const code = await runCommandLine(argv, terminal, noInterrupt)
  return { code, stdout: terminal.stdout, stderr: terminal.stderr }
}

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('a run', () => {
  it('ends with its verdict, is listed, shown and reported', async () => {
    const run = await duelist('run', spec, '--seed', '7', '--db', db)
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('Run 1: A small duel, seed 7')
    expect(run.stdout).toMatch(/digest [0-9a-f]{64}\n/)
    expect(run.stdout).toContain('rerun  npm run -s duelist -- run')

    const list = await duelist('list', '--db', db)
    expect(list.stdout).toMatch(
      /^run +state +done +Δ +verdict +seed +name\n1 +finished +100\u00a0% .* 7 +A small duel\n$/,
    )
    expect(lines((await duelist('list', '--db', db, '--json')).stdout)[0]).toHaveLength(1)

    const show = await duelist('show', '1', '--db', db)
    expect(show.stdout).toBe(run.stdout)

    const again = await duelist('run', spec, '--seed', '7', '--db', db, '--json')
    const events = lines(again.stdout)
    expect(again.code).toBe(0)
    expect(events[0]).toMatchObject({ type: 'progress', run: 2 })
    expect(events.at(-1)).toMatchObject({ type: 'summary', run: 2, state: 'finished', seed: 7 })
    expect(run.stdout).toContain(`digest ${events.at(-1).digest}\n`)
    const detail = lines((await duelist('show', '2', '--json', '--db', db)).stdout)[0]
    expect(detail.summary.digest).toBe(events.at(-1).digest)

    const beginnings = {
      html: '<!doctype html>',
      md: '*Duelist report',
      csv: 'section,id',
      json: '{',
    }
    for (const [format, beginning] of Object.entries(beginnings)) {
      const out = join(folder, `report.${format}`)
      const report = await duelist('report', '1', '--out', out, '--db', db)
      const charts = format === 'md' ? ' and 4 charts beside it' : ''
      expect(report).toMatchObject({ code: 0, stdout: '', stderr: `Wrote ${out}${charts}\n` })
      expect(readFileSync(out, 'utf8').startsWith(beginning)).toBe(true)
    }
    const argv = ['--format', 'md', '--language', 'zh-CN', '--db', db]
    const chinese = await duelist('report', '1', ...argv)
    expect(chinese.stdout).toContain('Duelist 报告')
  })
})

describe('sensitivity', () => {
  it('compares two rankers as a duel and as a split', async () => {
    const file = join(folder, 'pair.json')
    const rankers = [{ kind: 'factors' }, { kind: 'random' }]
    writeFileSync(file, JSON.stringify({ ...small, design: 'duel', rankers }))
    const text = await duelist('sensitivity', file, '--seeds', '1', '--db', ':memory:')
    expect(text.code).toBe(0)
    expect(text.stdout).toContain('on clicks per list, mean over users')
    const json = await duelist('sensitivity', file, '--seeds', '2', '--db', ':memory:', '--json')
    expect(lines(json.stdout)[0]).toMatchObject({ seeds: [1, 2], pairs: [{}, {}] })

    const alone = await duelist('sensitivity', spec, '--db', ':memory:')
    expect(alone.code).toBe(2)
    expect(alone.stderr).toContain('sensitivity compares two rankers, but rankers has 0 entries')
  })
})

describe('a calibration', () => {
  it('ends with a table of every method, and with one digest for one seed', async () => {
    const argv = ['calibrate', spec, '--repetitions', '8', '--effect', '0.1', '--db', db]
    const first = await duelist(...argv)
    expect(first.code).toBe(0)
    expect(first.stderr).toContain('Study 1 (calibration): A small duel, seed 1')
    expect(first.stderr).toContain('pilot')
    expect(first.stdout).toMatch(/^betting +\d/m)
    expect(first.stdout).toMatch(/^userT \(naive\) +\d/m)
    expect(first.stdout).toContain('--repetitions 8 --effect 0.1 --seed 1')

    const again = await duelist(...argv, '--json')
    const events = lines(again.stdout)
    expect(events[0]).toMatchObject({ type: 'progress', study: 2, kind: 'calibration' })
    const { digest, report, state } = events.at(-1)
    expect(state).toBe('finished')
    expect(report.repetitions).toBe(8)
    expect(first.stdout).toContain(`digest ${digest}`)

    const over = await duelist('calibrate', '1', '--db', db)
    expect(over).toMatchObject({ code: 1, stdout: '' })
    expect(over.stderr).toContain('finished')
    const unknown = await duelist('calibrate', '99', '--db', db)
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('no such study')
  })

  it('that is interrupted is paused with 130, and goes on by its number to the same digest', async () => {
    const argv = ['calibrate', spec, '--repetitions', '400', '--db', db, '--json']
    const terminal = rememberingTerminal()
    let press = () => {}
    const interrupt = {
      onInterrupt: (listener: () => void) => {
        press = listener
        return () => undefined
      },
    }
    const watched = {
      ...terminal,
      out(text: string) {
        terminal.out(text)
        if (/"done":[1-9]/.test(text)) press()
      },
    }
    expect(await runCommandLine(argv, watched, interrupt)).toBe(130)
    const paused = lines(terminal.stdout).at(-1)
    expect(paused).toMatchObject({ type: 'summary', state: 'paused' })
    const number = String(paused.study)
    const resumed = await duelist('study', 'calibration', number, '--json', '--db', db)
    expect(resumed.code).toBe(0)
    const whole = await duelist(...argv)
    expect(lines(resumed.stdout).at(-1).digest).toBe(lines(whole.stdout).at(-1).digest)
  })
})

describe('models', () => {
  it('are what trainings have left: listed, written to a file, deleted', async () => {
    const training = join(folder, 'training.json')
    const world = { kind: 'typedLatent', users: 40, items: 20, types: 2, horizon: 4 }
    const agent = { updates: 2, episodesPerUpdate: 8, hidden: 4, belief: 2, warmUpdates: 1 }
    const tree = { depth: 2, split: 'pca' }
    writeFileSync(training, JSON.stringify({ kind: 'tpgr', world, tree, agent, evaluateEvery: 1 }))
    const models = join(folder, 'models.db')
    const none = await duelist('models', 'list', '--db', models)
    expect(none.stdout).toContain('no model yet')
    expect((await duelist('train', training, '--db', models)).code).toBe(0)
    const [[row]] = lines((await duelist('models', 'list', '--json', '--db', models)).stdout)
    expect(row).toMatchObject({ id: 1, kind: 'tpgr', name: 'TPGR, hidden types' })
    const table = (await duelist('models', 'list', '--db', models)).stdout
    expect(table).toContain(row.hash.slice(0, 12))

    const out = join(folder, 'm.safetensors')
    expect((await duelist('models', 'export', '1', '--out', out, '--db', models)).code).toBe(0)
    const bytes = readFileSync(out)
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE(0))))
    expect(header.__metadata__).toMatchObject({ kind: 'tpgr', hash: row.hash })

    expect((await duelist('models', 'delete', '1', '--db', models)).code).toBe(0)
    const gone = await duelist('models', 'delete', '1', '--db', models)
    expect(gone).toMatchObject({ code: 2, stdout: '' })
    expect(gone.stderr).toContain('there is no model 1')
    const back = await duelist('models', 'import', out, '--db', models)
    expect(back).toMatchObject({ code: 0, stderr: 'Imported model 2\n' })
  })
})

describe('ratings', () => {
  it('are imported once under a name, and runs can use them', async () => {
    const file = join(folder, 'u.data')
    const rows = Array.from({ length: 40 }, (_, u) =>
      Array.from(
        { length: 15 },
        (_, i) => `${u}\t${(u * 7 + i * 3) % 60}\t${1 + ((u + i) % 5)}\t${i}`,
      ),
    )
    writeFileSync(file, rows.flat().join('\n'))
    const imported = await duelist('import', file, '--as', 'Mine', '--db', db)
    expect(imported.stderr).toBe('')
    expect(imported.stdout).toMatch(
      /^Imported "Mine": 40 users, \d+ items, 600 ratings from 1 to 5 with times\.\n/,
    )
    expect(imported.stdout).toMatch(/\nSHA-256 [0-9a-f]{64}\n$/)

    const again = await duelist('import', file, '--as', 'Mine', '--db', db)
    expect(again.code).toBe(0)
    expect(again.stdout).toMatch(/^Nothing to do: the workspace has "Mine"/)
    const other = join(folder, 'other.data')
    writeFileSync(other, rows.flat().slice(1).join('\n'))
    const taken = await duelist('import', other, '--as', 'Mine', '--db', db)
    expect(taken.code).toBe(2)
    expect(taken.stderr).toContain('there is already a dataset "Mine"')

    const own = join(folder, 'own.json')
    const environment = { kind: 'ratings', dataset: 'Mine', factors: 4 }
    const traffic = { ...small.traffic, users: 40, poolSize: 20 }
    writeFileSync(own, JSON.stringify({ ...small, environment, traffic }))
    const run = await duelist('run', own, '--db', db, '--json')
    expect(run.code).toBe(0)
    expect(lines(run.stdout).at(-1)).toMatchObject({ type: 'summary', state: 'finished' })
  })

  it('with a bad row are refused whole, with line, column, value and repair', async () => {
    const file = join(folder, 'bad.csv')
    writeFileSync(file, '1,10,4\n2,10,NaN\n')
    const bad = await duelist('import', file, '--as', 'Bad', '--db', db)
    expect(bad.code).toBe(2)
    expect(bad.stderr).toContain('bad.csv: one row is not a rating, nothing was imported')
    expect(bad.stderr).toContain('line 2, rating "NaN": write a finite number')
    const datasets = readdirSync(folder).filter((name) => name.endsWith('.part'))
    expect(datasets).toEqual([])
  })
})

describe('bad input', () => {
  it.each([
    ['an unknown command', ['rnu'], 'did you mean run?'],
    ['an unknown run', ['show', '999'], 'there is no run 999'],
    ['an unknown run to resume', ['resume', '999'], 'no such run'],
    ['an unknown run to report', ['report', '999', '--format', 'md'], 'there is no run 999'],
    ['an unknown sample', ['run', 'dule'], 'did you mean duel?'],
    ['a spec that is not there', ['run', 'absent.json'], 'there is no file absent.json'],
    [
      'a log that is not there',
      ['analyze', 'absent.csv'],
      'there is no file absent.csv, and no dataset',
    ],
    ['a folder for a spec', ['train', 'absent'], '"absent" is no spec file'],
    [
      'a plan that is not there',
      ['analyze', 'x', '--plan', 'absent.json'],
      'there is no file absent.json',
    ],
    ['a folder of ratings', ['import', '/', '--as', 'x'], 'is a folder'],
    [
      'ratings that are not there',
      ['import', 'absent.csv', '--as', 'x'],
      'there is no file absent.csv',
    ],
  ])('%s ends with 2 and says what to do', async (_name, argv, message) => {
    const { code, stdout, stderr } = await duelist(
      ...argv,
      ...(argv[0] === 'rnu' ? [] : ['--db', db]),
    )
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('names the fields of a spec, their values and what they may be', async () => {
    const file = join(folder, 'wrong.json')
    writeFileSync(file, JSON.stringify({ ...small, explorer: { kind: 'dbgd', alpha: -1, ita: 2 } }))
    const { code, stderr } = await duelist('run', file, '--db', db)
    expect(code).toBe(2)
    expect(stderr).toContain('wrong.json can not be run:')
    expect(stderr).toMatch(/explorer\.alpha.*-1/)
    expect(stderr).toContain('ita')
  })

  it('leaves a file alone that is no workspace', async () => {
    const file = join(folder, 'notes.txt')
    writeFileSync(file, 'my notes, and no database at all\n'.repeat(100))
    const before = readFileSync(file)
    const { code, stderr } = await duelist('list', '--db', file)
    expect([1, 2]).toContain(code)
    expect(stderr).toContain('notes.txt')
    expect(readFileSync(file)).toEqual(before)
  })

  it('does not write a report into a folder that is not there', async () => {
    const out = join(folder, 'absent', 'r.md')
    const { code, stderr } = await duelist('report', '1', '--out', out, '--db', db)
    expect(code).toBe(2)
    expect(stderr).toContain('can not be written, as there is no such folder')
    expect(existsSync(out)).toBe(false)
    const log = await duelist('export', '1', '--log', join(folder, 'absent', 'l.csv'), '--db', db)
    expect(log).toMatchObject({ code: 2, stdout: '' })
    const onto = await duelist('report', '1', '--format', 'md', '--out', folder, '--db', db)
    expect(onto.code).toBe(2)
    expect(onto.stderr).toContain('is a folder: name a file in it')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('does not say how to go on with what was kept nowhere', async () => {
    const log = join(folder, 'two.csv')
    const head = 'impression,user,time,position,item,team,click'
    writeFileSync(log, `${head}\ni,u,1772352000,1,a,A,0\ni,u,1772352000,2,b,B,1\n`)
    const plan = join(folder, 'plan.json')
    writeFileSync(plan, JSON.stringify({ window: 60 }))
    const { code, stderr } = await duelist('analyze', log, '--plan', plan)
    expect(code).toBe(1)
    expect(stderr).toContain(
      'the log has no click times; leave the window out.\nIt was in no workspace',
    )
    expect(stderr).not.toContain('Go on with')
  })

  it('does not read a log for a report that can not be written', async () => {
    const log = join(folder, 'log.csv')
    writeFileSync(log, 'impression,user\n')
    const report = join(folder, 'absent', 'r.html')
    const { code, stderr } = await duelist('analyze', log, '--report', report)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `duelist: ${report} can not be written, as there is no such folder: make it, or name another\n`,
    })
  })
})

describe('questions that need no workspace', () => {
  it('are answered without making a file', async () => {
    expect((await duelist('sample', '--list')).stdout).toMatch(/^duel +\S/)
    expect(JSON.parse((await duelist('spec', '--schema')).stdout)).toMatchObject({ type: 'object' })
    expect((await duelist('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await duelist('--help')).stdout).toContain('Usage:')
    expect(existsSync(':memory:')).toBe(false)
  })

  it('doctor says what works and why the rest does not', async () => {
    const { code, stdout } = await duelist('doctor', '--db', db)
    expect(code).toBe(0)
    for (const word of ['Node', 'Database', 'Backend', 'Electron', db])
      expect(stdout).toContain(word)
    const broken = await duelist('doctor', '--db', folder)
    expect(broken.code).toBe(1)
    expect(broken.stdout).toMatch(/✕ +Database/)
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl+C', () => {
  it('pauses the run with 130; resume ends with the digest of a run that was left alone', async () => {
    const file = join(folder, 'long.json')
    const traffic = { ...small.traffic, impressionsPerUser: 40 }
    writeFileSync(file, JSON.stringify({ ...small, name: 'Long', traffic }))
    const whole = await duelist('run', file, '--seed', '3', '--json', '--db', db)
    const { digest, run: wholeRun } = lines(whole.stdout).at(-1)

    const script = `const { main } = await import(${JSON.stringify(pathToFileURL(join(projectRoot, 'electron/cli.ts')).href)}); process.exitCode = await main(process.argv.slice(1))`
    const argv = ['run', file, '--seed', '3', '--json', '--db', db]
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...argv], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    let asked = false
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
    child.stdout.on('data', (bytes: Buffer) => {
      stdout += bytes.toString()
      if (asked || !/"stage":"serving","done":[1-9]/.test(stdout)) return
      asked = true
      child.kill('SIGINT')
    })
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(130)
    const paused = lines(stdout).at(-1)
    expect(paused).toMatchObject({ type: 'summary', state: 'paused' })
    expect(paused.run).not.toBe(wholeRun)
    expect(stderr).toContain(`Go on with: npm run -s duelist -- resume ${paused.run} --db "${db}"`)

    const resumed = await duelist('resume', String(paused.run), '--json', '--db', db)
    expect(resumed.code).toBe(0)
    expect(lines(resumed.stdout).at(-1)).toMatchObject({ state: 'finished', digest })
    const twice = await duelist('resume', String(paused.run), '--db', db)
    expect(twice.code).toBe(1)
    expect(twice.stderr).toContain('finished')
  })
})

it('draws a bar over itself on a terminal, and clears it', async () => {
  const terminal = rememberingTerminal(80)
  expect(await runCommandLine(['run', spec, '--db', db], terminal, noInterrupt)).toBe(0)
  expect(terminal.stderr).toContain('\r\u001b[2K█')
  expect(terminal.stderr.endsWith('\r\u001b[2K')).toBe(true)
  const widths = terminal.stderr
    .split('\r\u001b[2K')
    .slice(1)
    .map((line) => line.length)
  expect(Math.max(...widths)).toBeLessThan(80)
})
