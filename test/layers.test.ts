import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'

// The rules that are the architecture, without the parsers: imports are plain JavaScript.
const rules = ['no-restricted-imports', 'no-restricted-properties'] as const
// a plain JavaScript file, so its type is said here
const path: string = '../eslint.config.js'
const { default: config } = (await import(path)) as {
  readonly default: readonly Linter.Config[]
}
const layers = config
  .filter((block) => rules.some((rule) => block.rules && rule in block.rules))
  .map(({ files, ignores, rules: all }) => ({
    ...(files && { files }),
    ...(ignores && { ignores }),
    rules: Object.fromEntries(
      rules.flatMap((rule) => (all && rule in all ? [[rule, all[rule]]] : [])),
    ),
  }))

const complaints = (filename: string, code: string) =>
  new Linter({ configType: 'flat' }).verify(code, layers, { filename }).map(({ ruleId }) => ruleId)

describe('the linter refuses', () => {
  it.each([
    ['core/run/x.js', "import { y } from '#db/store'"],
    ['core/run/x.js', "import { y } from '../../electron/host.ts'"],
    ['core/run/x.js', "import { readFileSync } from 'node:fs'"],
    ['core/run/x.js', "import * as tf from '@tensorflow/tfjs'"],
    ['core/run/x.js', "import { ref } from 'vue'"],
    ['core/agent/x.js', "import { y } from '#renderer/api'"],
    ['db/x.js', "import Database from 'better-sqlite3'"],
    ['db/x.js', "import { y } from '#electron/host'"],
    ['db/x.js', "import { DuckDBInstance } from '@duckdb/node-api'"],
    ['electron/worker/x.js', "import { DuckDBInstance } from '@duckdb/node-api'"],
    ['electron/x.js', "import { app } from 'electron'"],
    ['electron/x.js', "import Database from 'better-sqlite3'"],
    ['electron/x.js', "import * as tf from '@tensorflow/tfjs'"],
    ['electron/x.js', "import { y } from '#renderer/api'"],
    ['renderer/x.js', "import { y } from '#db/store'"],
    ['renderer/x.js', "import { y } from '#electron/api'"],
    ['renderer/x.js', "import { readFileSync } from 'node:fs'"],
  ])('%s: %s', (filename, code) => {
    expect(complaints(filename, code)).toEqual(['no-restricted-imports'])
  })

  it.each([
    ['core/x.js', 'export const x = Math.random()'],
    ['core/x.js', 'export const x = Date.now()'],
    ['renderer/x.js', 'export const x = Math.random()'],
  ])('%s: %s', (filename, code) => {
    expect(complaints(filename, code)).toEqual(['no-restricted-properties'])
  })
})

describe('the linter allows', () => {
  it.each([
    ['core/agent/x.js', "import * as tf from '@tensorflow/tfjs'"],
    ['db/open.js', "import { y } from '#core/run/batch'"],
    ['db/duck/x.js', "import { DuckDBInstance } from '@duckdb/node-api'"],
    ['electron/x.js', "import { y } from '#db/store'"],
    ['renderer/x.js', "import { y } from '#core/contract'"],
  ])('%s: %s', (filename, code) => {
    expect(complaints(filename, code)).toEqual([])
  })
})
