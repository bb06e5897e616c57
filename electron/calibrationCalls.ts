import type { CalibrationDetail, CalibrationId, contract } from '#core/contract'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { StoredCalibration } from '#db/calibrations'
import type { ApiContext } from './api.ts'
import { calibrateCommand } from './rerunCommand.ts'
import type { CheckedSpec } from './checkedSpec.ts'
import { watchCalibration } from './watchCalibration.ts'

type All = Handlers<typeof contract>
type CalibrationName = Extract<keyof All, `calibrations.${string}`>

/**
 * The part of the API that is about calibrations.
 * @param require checks a spec, and throws for a bad one
 * @param record adds to the audit log
 */
export function calibrationCalls(
  context: ApiContext,
  require: (raw: unknown) => Extract<CheckedSpec, { readonly dataset: unknown }>,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, CalibrationName> {
  const { store, queue, events } = context
  const existing = (id: CalibrationId): StoredCalibration => {
    const stored = store.calibrations.get(id)
    if (stored) return stored
    throw new RpcError('NOT_FOUND', `there is no calibration ${id}`)
  }
  return {
    'calibrations.start': ({ spec: raw, seed, repetitions, effect }) => {
      const { spec, dataset } = require(raw)
      const at = new Date(context.now()).toISOString()
      const id = store.calibrations.create({ spec, seed, repetitions, effect, dataset, at })
      record(
        'calibration.start',
        `calibration ${id}`,
        `${spec.name}, seed ${seed}, Δ ${effect}, ${repetitions} repetitions`,
      )
      queue.calibrations.add(id)
      return id
    },
    'calibrations.list': () => [...store.calibrations.list()],
    'calibrations.get': ({ calibration }) => detailOf(existing(calibration)),
    'calibrations.pause': ({ calibration }) => {
      queue.calibrations.pause(calibration)
      return null
    },
    'calibrations.resume': ({ calibration }) => {
      queue.calibrations.resume(calibration)
      return null
    },
    'calibrations.cancel': ({ calibration }) => {
      queue.calibrations.cancel(calibration)
      return null
    },
    'calibrations.delete': ({ calibration }) => {
      const { name } = existing(calibration)
      if (queue.calibrations.isBusyWith(calibration)) {
        throw new RpcError('WRONG_STATE', 'the calibration is still going; stop it first')
      }
      store.calibrations.remove(calibration)
      record('calibration.delete', `calibration ${calibration}`, name)
      events.calibration.emit(calibration)
      events.calibrations.emit(undefined)
      return null
    },
    'calibrations.watch': ({ calibration }, cancel) =>
      watchCalibration(calibration, cancel, context),
  }
}

function detailOf(stored: StoredCalibration): CalibrationDetail {
  const { id, name, seed, effect, state, reason, done, total } = stored
  const { createdAt, finishedAt, report, spec, backend } = stored
  const row = { id, name, seed, effect, state, reason, done, total, createdAt, finishedAt, report }
  return { ...row, spec, backend, commandLine: calibrateCommand(stored) }
}
