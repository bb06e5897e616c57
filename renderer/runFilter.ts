import type { RunRow } from '#core/contract/runs'
import type { ExperimentSpec } from '#core/experimentSpec'
import { valueAt } from './components/setup/specPaths.ts'

/** One word of a filter of runs. */
export type FilterTerm =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'setting'; readonly path: string; readonly sign: Sign; readonly value: string }

const signs = ['>=', '<=', '!=', '=', '>', '<'] as const
type Sign = (typeof signs)[number]

/**
 * Words that must all hold: text in the name, a run's number or seed, `tag:x`, or a setting with its
 * path, as in `explorer.alpha>=0.1` or `interleaver.kind=probabilistic`.
 */
export function parseFilter(text: string): readonly FilterTerm[] {
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      if (word.startsWith('tag:')) return { kind: 'tag', tag: word.slice(4).toLowerCase() }
      const [, path, sign, value] = /^([A-Za-z][\w.]*)(>=|<=|!=|=|>|<)(.+)$/.exec(word) ?? []
      return path && value
        ? { kind: 'setting', path, sign: signs.find((one) => one === sign) ?? '=', value }
        : { kind: 'text', text: word.toLowerCase() }
    })
}

/** Whether any term needs the specs of the runs. */
export const asksForSpecs = (terms: readonly FilterTerm[]): boolean =>
  terms.some(({ kind }) => kind === 'setting')

/** @param spec of the run; a term about a setting does not hold while it is not known */
export function matches(
  row: RunRow,
  spec: ExperimentSpec | undefined,
  terms: readonly FilterTerm[],
): boolean {
  return terms.every((term) => {
    switch (term.kind) {
      case 'text':
        return (
          row.name.toLowerCase().includes(term.text) ||
          String(row.id) === term.text ||
          String(row.seed) === term.text
        )
      case 'tag':
        return row.tags.some((tag) => tag.toLowerCase() === term.tag)
      case 'setting':
        return spec !== undefined && compares(valueAt(spec, term.path), term.sign, term.value)
    }
  })
}

function compares(value: unknown, sign: Sign, wanted: string): boolean {
  if (value === undefined) return false
  const [a, b] = [Number(value), Number(wanted)]
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const isNumber = typeof value === 'number' && !Number.isNaN(b)
  switch (sign) {
    case '=':
      return isNumber ? a === b : text.toLowerCase() === wanted.toLowerCase()
    case '!=':
      return isNumber ? a !== b : text.toLowerCase() !== wanted.toLowerCase()
    case '>':
      return isNumber && a > b
    case '<':
      return isNumber && a < b
    case '>=':
      return isNumber && a >= b
    case '<=':
      return isNumber && a <= b
  }
}
