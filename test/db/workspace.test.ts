import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  chmodSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { APPLICATION_ID, newestVersion } from '#db/format'
import { migrations } from '#db/migrations/index'
import { connect, IN_MEMORY, integrityProblems } from '#db/open'
import { openWorkspace } from '#db/workspace'
import { WorkspaceError } from '#db/workspaceError'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-db-'))
  path = join(folder, 'w.db')
})
afterEach(() => {
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true })
})

/** Everything in the folder, by content. */
const fingerprint = () =>
  readdirSync(folder).map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  ])

function refusal(open: () => unknown): WorkspaceError {
  try {
    open()
  } catch (error) {
    if (error instanceof WorkspaceError) return error
    throw error
  }
  throw new Error('it was opened')
}

function expectUntouched(code: WorkspaceError['code'], words: RegExp): void {
  const before = fingerprint()
  const error = refusal(() => openWorkspace(path))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(words)
  expect(error.message).toContain(path)
  expect(fingerprint()).toEqual(before)
}

const pragma = (name: string, file = path): unknown => {
  const db = connect(file)
  const row = db.read<[], Record<string, unknown>>(`PRAGMA ${name}`).get()
  db.close()
  return row && Object.values(row)[0]
}

/** Byte 18 of the header is 2 in a file with a write-ahead log. */
const isLogged = () => readFileSync(path)[18] === 2

describe('a workspace', () => {
  it('is made with its folders, its version and a write-ahead log', () => {
    path = join(folder, 'a', 'b', 'w.db')
    openWorkspace(path).close()
    expect(pragma('user_version')).toBe(newestVersion)
    expect(pragma('application_id')).toBe(APPLICATION_ID)
    expect(isLogged()).toBe(true)
  })

  it('checks foreign keys and is sound', () => {
    const db = openWorkspace(IN_MEMORY)
    expect(integrityProblems(db)).toEqual([])
    expect(() =>
      db.execute(
        "INSERT INTO run (experiment, seed, state, total, created_at) VALUES (9, 1, 'queued', 1, '')",
      ),
    ).toThrow('FOREIGN KEY')
    db.close()
  })

  it('opens again with what was stored', () => {
    const first = openWorkspace(path)
    first.execute("INSERT INTO setting VALUES ('theme', '\"dark\"')")
    first.close()
    const second = openWorkspace(path)
    expect(second.read<[], { value: string }>('SELECT value FROM setting').get()?.value).toBe(
      '"dark"',
    )
    second.close()
  })

  it('brings an older file forward step by step, or not at all', () => {
    openWorkspace(path).close()
    const step = { sql: 'CREATE TABLE extra (x INTEGER) STRICT;' }
    const broken = { sql: 'CREATE TABLE half (x INTEGER) STRICT; SELECT nonsense;' }
    const steps = migrations as { sql: string }[]
    steps.push(broken)
    try {
      expect(() => openWorkspace(path)).toThrow()
      expect(pragma('user_version')).toBe(newestVersion)
      const db = connect(path)
      expect(db.read<[], unknown>("SELECT * FROM sqlite_schema WHERE name = 'half'").all()).toEqual(
        [],
      )
      db.close()
      steps[steps.length - 1] = step
      openWorkspace(path).close()
      expect(pragma('user_version')).toBe(newestVersion + 1)
    } finally {
      steps.pop()
    }
  })

  it('from a newer version is refused and left alone', () => {
    openWorkspace(path).close()
    rmSync(`${path}.lock`)
    const db = connect(path)
    db.execute(`PRAGMA user_version = ${newestVersion + 1}`)
    db.close()
    expectUntouched('NEWER', /newer version.*update Duelist/)
  })

  it('of a newer version is refused even while its version is only in the log', () => {
    const holder = openWorkspace(path)
    holder.execute(`PRAGMA wal_checkpoint(TRUNCATE)`)
    holder.execute(`PRAGMA user_version = ${newestVersion + 7}`)
    const copy = join(folder, 'copy.db')
    writeFileSync(copy, readFileSync(path))
    writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`))
    holder.close()
    expect(refusal(() => openWorkspace(copy)).code).toBe('NEWER')
  })

  it.each([
    ['text', 'hello, this is a text file and no database at all'.repeat(40)],
    ['another program’s beginning', 'SQLite format 2\0'.padEnd(4096, 'x')],
  ])('is not made of %s', (_, content) => {
    writeFileSync(path, content)
    expectUntouched('FOREIGN', /not a Duelist workspace/)
  })

  it('of another program is refused and left alone', () => {
    const db = connect(path)
    db.execute('CREATE TABLE notes (x); PRAGMA user_version = 3')
    db.close()
    expectUntouched('FOREIGN', /another program/)
  })

  it('with tables but no version of ours is refused', () => {
    const db = connect(path)
    db.execute('CREATE TABLE notes (x)')
    db.close()
    expect(refusal(() => openWorkspace(path)).code).toBe('FOREIGN')
    expect(isLogged()).toBe(false)
  })

  it('that is a folder is refused', () => {
    mkdirSync(path)
    expect(refusal(() => openWorkspace(path)).message).toContain('is not a file')
  })

  it('that was cut short is refused and left alone', () => {
    openWorkspace(path).close()
    rmSync(`${path}.lock`)
    truncateSync(path, 4096 * 3)
    expectUntouched('CORRUPT', /damaged: it has 12288 of \d+ bytes/)
  })

  it('whose schema is scrambled is refused with a sentence', () => {
    openWorkspace(path).close()
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 100, 4096)
    writeFileSync(path, bytes)
    const error = refusal(() => openWorkspace(path))
    expect(error.code).toBe('CORRUPT')
    expect(error.message).toMatch(/damaged; restore it from a backup/)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('on a path that can not exist is refused', () => {
    writeFileSync(join(folder, 'file'), '')
    const error = refusal(() => openWorkspace(join(folder, 'file', 'w.db')))
    expect(error.code).toBe('READ_ONLY')
  })

  const canBecomeNobody = process.getuid?.() === 0 && typeof process.seteuid === 'function'
  const asNobody = (f: () => void) => {
    if (process.getuid?.() !== 0) {
      f()
      return
    }
    process.seteuid?.(65_534)
    try {
      f()
    } finally {
      process.seteuid?.(0)
    }
  }

  it.runIf(canBecomeNobody || process.platform !== 'win32')(
    'without the right to write is refused and left alone',
    () => {
      openWorkspace(path).close()
      rmSync(`${path}.lock`)
      chmodSync(folder, 0o755)
      chmodSync(path, 0o444)
      asNobody(() => expectUntouched('READ_ONLY', /can not be written; check the rights/))
      chmodSync(path, 0o666) // the folder alone
      chmodSync(folder, 0o555)
      asNobody(() => expectUntouched('READ_ONLY', /can not be written; check the rights/))
      chmodSync(folder, 0o755)
    },
  )

  it('says what it needs on a Node that SQLite would crash', () => {
    vi.stubGlobal('process', {
      ...process,
      versions: { ...process.versions, napi: '9', node: '20.20.0' },
    })
    const error = refusal(() => openWorkspace(IN_MEMORY))
    expect(error.code).toBe('RUNTIME')
    expect(error.message).toBe(
      'SQLite needs Node 22.14 or newer (Node-API 10); this is Node 20.20.0',
    )
  })
})

describe('a second host', () => {
  it('is refused by name of the first, and let in when that has closed', () => {
    const first = openWorkspace(path)
    const error = refusal(() => openWorkspace(path))
    expect(error.code).toBe('LOCKED')
    expect(error.message).toContain(`process ${process.pid}`)
    first.close()
    openWorkspace(path).close()
  })

  it('leaves the lock as it was when it is refused', () => {
    const first = openWorkspace(path)
    refusal(() => openWorkspace(path))
    expect(refusal(() => openWorkspace(path)).code).toBe('LOCKED')
    first.close()
  })
})

describe('a reading statement', () => {
  it('can not write', () => {
    const db = openWorkspace(IN_MEMORY)
    expect(() => db.read('DELETE FROM run')).toThrow('would write')
    db.close()
  })
})
