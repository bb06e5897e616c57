import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { clickFamilies } from './clickFamilies.ts'
import { creditFamilies } from './creditFamilies.ts'
import { learnerFamilies } from './learnerFamilies.ts'
import { mergeFamilies } from './mergeFamilies.ts'
import { OracleCase } from './oracleCase.ts'

const folder = resolve(process.env.DUELIST_ORACLES ?? 'test/oracles')
const { cases } = z
  .object({ cases: z.array(OracleCase).min(1) })
  .parse(JSON.parse(readFileSync(resolve(folder, 'interleaving.json'), 'utf8')))

const checks = new Map(
  Object.entries({ ...mergeFamilies, ...creditFamilies, ...clickFamilies, ...learnerFamilies }),
)
const scope = (family: string): string =>
  family === 'learner.reference' ? ' (structure of the bands only, not the learners)' : ''

describe('interleaving oracle', () => {
  it.each(cases.map((oracle) => [oracle.family, oracle.id, scope(oracle.family), oracle] as const))(
    '%s: %s%s',
    (family, _id, _scope, oracle) => {
      const check = checks.get(family)
      if (!check) throw new Error(`no check for the oracle family ${family}`)
      expect.hasAssertions()
      check(oracle)
    },
  )
})
