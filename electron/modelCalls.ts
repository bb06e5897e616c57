import type { contract } from '#core/contract'
import type { ModelId } from '#core/contract/ids'
import type { ModelRow } from '#core/contract/models'
import { writeModelFile } from '#core/model/modelFile'
import { modelHash, type SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { ApiContext } from './api.ts'
import { modelFile } from './modelsOf.ts'
import { networkOf } from './networkOf.ts'
import { openModel } from './openModel.ts'

type All = Handlers<typeof contract>
type ModelName = Extract<keyof All, `models.${string}`>

/**
 * The part of the API that is about saved models.
 * @param record adds to the audit log
 */
export function modelCalls(
  context: ApiContext,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, ModelName> {
  const { store, events } = context
  const at = () => new Date(context.now()).toISOString()
  const existing = (id: ModelId): { readonly row: ModelRow; readonly content: SavedModel } => {
    const [row, content] = [store.models.row(id), store.models.content(id)]
    if (row && content) return { row, content }
    throw new RpcError('NOT_FOUND', `there is no model ${id}`)
  }
  const rowOf = (id: ModelId): ModelRow => {
    const row = store.models.row(id)
    if (row) return row
    throw new RpcError('NOT_FOUND', `there is no model ${id}`)
  }
  return {
    'models.list': () => [...store.models.list()],
    'models.get': ({ model }) => {
      const { row, content } = existing(model)
      const arrays = content.arrays.map(({ name, shape }) => ({ name, shape }))
      return { ...row, params: content.params, arrays, uses: store.models.uses(row.hash) }
    },
    'models.rename': ({ model, name }) => {
      const before = rowOf(model).name
      store.models.rename(model, name)
      record('model.rename', `model ${model}`, `${before} → ${name}`)
      events.studies.emit(undefined)
      return null
    },
    'models.delete': ({ model }) => {
      const { name, hash } = rowOf(model)
      const isLastCopy = store.models.list().filter((row) => row.hash === hash).length === 1
      const waiting = isLastCopy ? store.models.uses(hash).filter(({ needsIt }) => needsIt) : []
      if (waiting.length > 0) {
        const runs = waiting.map(({ id, name: run }) => `run ${id} (${run})`).join(', ')
        throw new RpcError(
          'WRONG_STATE',
          `"${name}" is still needed by ${runs}; finish or cancel it first`,
        )
      }
      store.models.remove(model)
      record('model.delete', `model ${model}`, name)
      events.studies.emit(undefined)
      return null
    },
    'models.export': ({ model }) => {
      const file = modelFile(model, store.models)
      if (!file) throw new RpcError('NOT_FOUND', `there is no model ${model}`)
      record('model.export', `model ${model}`, file.name)
      return {
        name: `model-${model}.safetensors`,
        mime: 'application/octet-stream',
        text: '',
        bytes: writeModelFile(file),
      }
    },
    'models.saveFromRun': async ({ run, side, name }) => {
      const saved = await networkOf(context, run, side)
      const model = store.models.add({ ...saved, ...(name === null ? {} : { name }), at: at() })
      if (name !== null) store.models.rename(model, name)
      record('model.save', `model ${model}`, `run ${run}, side ${side}`)
      events.studies.emit(undefined)
      return model
    },
    'models.import': async ({ upload }) => {
      const file = await openModel(context, upload)
      const here = store.models.withHash(modelHash(file.model))
      if (here !== undefined) return { model: here, isNew: false }
      const model = store.models.add({ ...file, at: at() })
      record('model.import', `model ${model}`, file.name)
      events.studies.emit(undefined)
      return { model, isNew: true }
    },
  }
}
