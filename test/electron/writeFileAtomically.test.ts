import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mustBeWritable, writeFileAtomically } from '#electron/writeFileAtomically'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* pieces(...texts: readonly string[]) {
  for (const text of texts) yield await Promise.resolve(text)
}

describe('a file', () => {
  it('is replaced whole, by pieces as well', async () => {
    const path = join(folder, 'a.csv')
    writeFileSync(path, 'what was there before')
    await writeFileAtomically(path, pieces('a,b\n', '1,2\n'))
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n')
    expect(readdirSync(folder)).toEqual(['a.csv'])
  })

  it('stays as it was when its content ends early', async () => {
    const path = join(folder, 'a.csv')
    writeFileSync(path, 'old')
    const cut = async function* () {
      yield* pieces('new')
      throw new Error('the run is gone')
    }
    await expect(writeFileAtomically(path, cut())).rejects.toThrow('the run is gone')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.csv'])
  })

  it('is asked for beforehand without a trace', async () => {
    const path = join(folder, 'a.csv')
    await mustBeWritable(path)
    expect(readdirSync(folder)).toEqual([])
    await expect(mustBeWritable(folder)).rejects.toThrow('is a folder: name a file in it')
    await expect(mustBeWritable(join(path, 'b.csv'))).rejects.toThrow('there is no such folder')
  })
})

describe.skipIf(process.platform === 'win32')('what is no plain file', () => {
  it('a link stays one, and what it points at is written', async () => {
    symlinkSync('real.csv', join(folder, 'link.csv'))
    writeFileSync(join(folder, 'real.csv'), 'old')
    await writeFileAtomically(join(folder, 'link.csv'), 'new')
    expect(readlinkSync(join(folder, 'link.csv'))).toBe('real.csv')
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('new')
  })

  it('a pipe takes the content and is still there', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = spawn('cat', [pipe])
    let read = ''
    reader.stdout.on('data', (bytes: Buffer) => (read += bytes.toString()))
    await mustBeWritable(pipe)
    await writeFileAtomically(pipe, pieces('1,', '2\n'))
    await once(reader, 'close')
    expect(read).toBe('1,2\n')
    expect(readdirSync(folder)).toEqual(['pipe'])
  })
})
