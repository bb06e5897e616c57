import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alwaysValid } from './oracle/alwaysValid.ts'
import { degenerate } from './oracle/degenerate.ts'
import type { Family, Inputs } from './oracle/family.ts'
import { fixedHorizon } from './oracle/fixedHorizon.ts'
import { offPolicyAndMetrics } from './oracle/offPolicyAndMetrics.ts'
import { planning } from './oracle/planning.ts'

interface Case {
  readonly id: string
  readonly family: string
  readonly inputs: Inputs
  readonly expected: Inputs
  readonly tol?: number
  readonly kind?: 'band'
}

const folder = process.env.DUELIST_ORACLES ?? 'test/oracles'
const { meta, cases }: { meta: Inputs; cases: readonly Case[] } = JSON.parse(
  readFileSync(resolve(folder, 'statistics.json'), 'utf8'),
)

const families: Record<string, Family> = {
  ...fixedHorizon,
  ...alwaysValid,
  ...planning,
  ...offPolicyAndMetrics,
  ...degenerate,
}

/** Leaves of one case that another generator reproduces only roughly, with the width they may miss. */
const resampled: Record<string, readonly string[]> = {
  ope_open_bandit: ['bootstrap95_IPS', 'bootstrap95_SNIPS'],
}

/** Every value of `expected` has its counterpart in `actual`, within the tolerance. */
function compare(actual: Inputs, expected: Inputs, tolerance: (b: number) => number, at: string) {
  if (typeof expected === 'number') {
    expect(typeof actual, at).toBe('number')
    const difference = Math.abs(actual - expected)
    expect(difference, `${at}: ${String(actual)} instead of ${expected}`).toBeLessThanOrEqual(
      tolerance(expected),
    )
  } else if (expected === null || typeof expected !== 'object') {
    expect(actual, at).toBe(expected)
  } else {
    expect(typeof actual === 'object' && actual !== null, at).toBe(true)
    if (Array.isArray(expected)) expect(actual.length, `${at}.length`).toBe(expected.length)
    for (const key of Object.keys(expected)) {
      compare(actual[key], expected[key], tolerance, `${at}.${key}`)
    }
  }
}

function check({ family, inputs, expected, tol, kind }: Case) {
  const run = families[family]
  if (!run) throw new Error(`no code for the family ${family}`)
  const actual: Inputs = run(inputs, expected)
  const relative = tol ?? meta.defaultRelTol
  const exact = (b: number) => Math.max(meta.defaultAbsTol, relative * Math.abs(b))
  const rough = resampled[family] ?? []
  for (const key of Object.keys(expected)) {
    if (rough.includes(key)) {
      const [low, high] = expected[key]
      compare(actual[key], expected[key], () => 0.1 * (high - low), key)
    } else {
      compare(actual[key], expected[key], kind === 'band' ? () => relative : exact, key)
    }
  }
}

describe('statistics oracle', () => {
  it('holds the cases that its head announces', () => {
    expect(cases.length).toBe(meta.count)
    expect(new Set(cases.map((c) => c.family))).toEqual(new Set(meta.families))
  })

  it.each(cases.map((c) => [c.id, c] as const))('%s', (_id, one) => check(one))

  it('notices a number that is off by more than its tolerance', () => {
    const one = cases.find((c) => c.family === 'delta_ab')!
    const off = { ...one, expected: { ...one.expected, delta: one.expected.delta * (1 + 1e-8) } }
    expect(() => check(off)).toThrow('delta')
    expect(() => check({ ...one, family: 'unheard of' })).toThrow('unheard of')
    expect(() => check({ ...one, expected: { surprise: 1 } })).toThrow('surprise')
  })
})
