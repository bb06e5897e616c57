import type { ModelRow } from '#core/contract/models'
import type { SpecIssue } from '#core/contract/specs'

/** A model as a spec names it and as lists do. */
type KnownModel = Pick<ModelRow, 'id' | 'name' | 'kind' | 'hash'>

/** Digits of a hash that stand for all of it. */
const fewestDigits = 6
const mostListed = 5
const longestLabel = 40

/**
 * A spec in which every ranker of kind `model`, and a policy of kind `saved`, names its model by the hash,
 * whatever named it before: its number in the workspace, its name, or the first digits of its hash. One
 * without a label gets the name of its model. What is no spec is left as it is, for the schema to refuse.
 */
export function nameModels(
  raw: unknown,
  models: readonly KnownModel[],
): { readonly spec: unknown; readonly issues: readonly SpecIssue[] } {
  if (!isFields(raw)) return { spec: raw, issues: [] }
  const issues: SpecIssue[] = []
  const named = (user: unknown, kind: string, path: string) => {
    if (!isFields(user) || user['kind'] !== kind) return user
    const { model: wanted } = user
    const found = modelOf(wanted, models)
    if (found) {
      const label = user['label'] ?? found.name.slice(0, longestLabel).trim()
      return { ...user, label, model: found.hash }
    }
    issues.push(missing(`${path}.model`, wanted, models))
    return user
  }
  const { rankers, policy } = raw
  const spec = {
    ...raw,
    ...(Array.isArray(rankers)
      ? { rankers: rankers.map((one: unknown, i) => named(one, 'model', `rankers.${i}`)) }
      : {}),
    ...(policy === undefined ? {} : { policy: named(policy, 'saved', 'policy') }),
  }
  return { spec, issues }
}

/** The newest one that is meant; undefined for none, or for first digits that several have. */
function modelOf(wanted: unknown, models: readonly KnownModel[]): KnownModel | undefined {
  if (typeof wanted === 'number') return models.find(({ id }) => id === wanted)
  if (typeof wanted !== 'string' || wanted === '') return undefined
  const exact = models.find(({ hash, name }) => hash === wanted || name === wanted)
  if (exact) return exact
  if (/^\d{1,5}$/.test(wanted)) return models.find(({ id }) => id === Number(wanted))
  const begin = wanted.length >= fewestDigits ? wanted.toLowerCase() : null
  const fitting = models.filter(({ hash }) => begin !== null && hash.startsWith(begin))
  return new Set(fitting.map(({ hash }) => hash)).size === 1 ? fitting[0] : undefined
}

function missing(path: string, wanted: unknown, models: readonly KnownModel[]): SpecIssue {
  const isHash = typeof wanted === 'string' && /^[0-9a-f]{64}$/.test(wanted)
  const shown = isHash
    ? `${wanted.slice(0, 12)}…`
    : wanted === undefined
      ? 'missing'
      : JSON.stringify(wanted)
  const listed = models.slice(0, mostListed).map(({ id, name }) => `${id} "${name}"`)
  const more = models.length > mostListed ? ` and ${models.length - mostListed} more` : ''
  const remedy =
    models.length > 0
      ? `there are ${listed.join(', ')}${more}; a model of elsewhere can be imported from its file`
      : 'there is none yet; train one, save the network of a run, or import a model file'
  const message = `${path} is ${shown}, which names no model of this workspace; ${remedy}`
  const fix = models.length === 1 ? models[0]!.hash : null
  return { path, value: wanted ?? null, message, fix }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
