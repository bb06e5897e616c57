import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveFile, type AskWhere } from '#electron/saveFile'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'duelist-save-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const bytes = new TextEncoder().encode('run,delta\n1,0.02\n')
const chosen = (filePath: string) => () => Promise.resolve({ canceled: false, filePath })
const neverAsked: AskWhere = () => Promise.reject(new Error('was asked'))

describe('saveFile', () => {
  it('writes where the user says, and nothing beside it', async () => {
    const path = join(folder, 'chosen.csv')
    let asked: unknown
    const result = await saveFile({ name: 'report.csv', bytes }, '/home/ann', (options) => {
      asked = options
      return chosen(path)()
    })
    expect(result).toBe('saved')
    expect(asked).toEqual({
      defaultPath: join('/home/ann', 'report.csv'),
      filters: [{ name: 'CSV', extensions: ['csv'] }],
    })
    expect(await readFile(path, 'utf8')).toBe('run,delta\n1,0.02\n')
    expect(await readdir(folder)).toEqual(['chosen.csv'])
  })

  it('replaces a file whole', async () => {
    const path = join(folder, 'old.csv')
    await writeFile(path, 'a much longer text than the new one, of which nothing may remain')
    await saveFile({ name: 'old.csv', bytes }, folder, chosen(path))
    expect(await readFile(path, 'utf8')).toBe('run,delta\n1,0.02\n')
  })

  it('writes nothing when the dialog is cancelled', async () => {
    const cancel = () => Promise.resolve({ canceled: true, filePath: '' })
    expect(await saveFile({ name: 'a.csv', bytes }, folder, cancel)).toBe('cancelled')
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves neither half a file nor its own remains when the place refuses', async () => {
    const path = join(folder, 'taken')
    await rm(path, { force: true })
    await expect(
      saveFile({ name: 'a.csv', bytes }, folder, chosen(join(folder, 'none', 'a.csv'))),
    ).rejects.toThrow('can not be written, as there is no such folder')
    // a folder can not be replaced by a file: the write succeeds and the rename fails
    const occupied = await mkdtemp(join(folder, 'occupied-'))
    await writeFile(join(occupied, 'inside'), 'x')
    await expect(saveFile({ name: 'a.csv', bytes }, folder, chosen(occupied))).rejects.toThrow()
    expect(await readdir(folder)).toEqual([occupied.slice(folder.length + 1)])
  })

  it.skipIf(process.getuid?.() === 0)('keeps the old file on a read-only folder', async () => {
    const path = join(folder, 'old.csv')
    await writeFile(path, 'old')
    await chmod(folder, 0o555)
    await expect(saveFile({ name: 'a.csv', bytes }, folder, chosen(path))).rejects.toThrow(
      'may not be written',
    )
    await chmod(folder, 0o755)
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  it.each([
    '',
    '..',
    '.',
    'a/b.csv',
    '..\\b.csv',
    '/etc/passwd',
    'a\0.csv',
    'x'.repeat(256),
    7,
    null,
  ])('does not propose %j to the dialog', async (name) => {
    await expect(saveFile({ name, bytes }, folder, neverAsked)).rejects.toThrow('name')
  })

  it.each([
    ['text', 'abc'],
    ['a plain array', [1, 2]],
    ['nothing', undefined],
    ['more than 64 MiB', new Uint8Array((64 << 20) + 1)],
  ])('does not write %s', async (_, content) => {
    const file = { name: 'a.csv', bytes: content }
    await expect(saveFile(file, folder, neverAsked)).rejects.toThrow('bytes')
  })
})
