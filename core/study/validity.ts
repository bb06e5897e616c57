import type { ValidityReport } from '#core/validity/validityReport'
import { ValiditySpec } from '#core/validity/validitySpec'
import { validityTotal } from '#core/validity/validityTotal'
import { worldIdOf } from '#core/validity/validityWorlds'
import { worldChecks } from '#core/specCheck/worldChecks'
import { checkBoth } from './checkStudy.ts'
import { deferred, type Study } from './study.ts'

/** The examination of a simulated world: what it shows before it is trusted. */
export const validity: Study<ValiditySpec, ValidityReport> = {
  spec: ValiditySpec,
  check: (raw) => checkBoth(ValiditySpec, raw, ({ environment }) => worldChecks(environment)),
  name: ({ environment }) => worldIdOf(environment) ?? environment.kind,
  total: validityTotal,
  dataset: ({ environment }) =>
    environment.kind === 'ratings'
      ? { path: 'environment.dataset', kind: 'ratings', name: environment.dataset }
      : null,
  run: deferred(async () => (await import('#core/validity/runValidity')).runValidity),
}
