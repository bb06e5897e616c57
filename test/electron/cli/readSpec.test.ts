import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '#core/samples/index'
import { readSpec } from '#electron/cli/readSpec'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duelist-spec-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rows = Object.entries(samples).map(([id, sample]) => ({ id, ...sample }))
const read = (content: string | Uint8Array) => {
  const file = join(folder, 'spec.json')
  writeFileSync(file, content)
  return readSpec(file, rows)
}

describe('readSpec', () => {
  it('reads a file, with or without a byte order mark, and a sample by its id', async () => {
    expect(await read('{"name":"x"}')).toEqual({ spec: { name: 'x' }, seed: 1, label: 'spec.json' })
    expect((await read('\ufeff{"name":"x"}')).spec).toEqual({ name: 'x' })
    expect(await readSpec('duel', rows)).toMatchObject({ label: 'duel', spec: samples.duel.spec })
  })

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', ' \n', 'spec.json is empty; a spec is a JSON object'],
    ['a comma too many', '{\n  "name": "x",\n}', 'spec.json, line 3, column 1: not valid JSON'],
    ['NaN', '{"name": NaN}', 'line 1, column 10: not valid JSON'],
    ['half a file', '{"name": "x"', 'line 1, column 13: not valid JSON'],
    ['Latin-1', Uint8Array.from([0x22, 0xe9, 0x22]), 'spec.json is not UTF-8 text'],
    ['too large a file', ' '.repeat(2 ** 20 + 1), 'a spec has at most 1048576'],
  ])('refuses %s and says where', async (_name, content, message) => {
    await expect(read(content)).rejects.toThrow(message)
  })

  it('names what is not there', async () => {
    await expect(readSpec('due', rows)).rejects.toThrow('no sample "due"; did you mean duel?')
    await expect(readSpec('zzzzzz', rows)).rejects.toThrow(
      `there are ${rows.map(({ id }) => id).join(', ')}.`,
    )
    await expect(readSpec('./absent.json', rows)).rejects.toThrow('there is no file absent.json')
    await expect(readSpec(`${folder}/`, rows)).rejects.toThrow('is a folder')
  })
})
