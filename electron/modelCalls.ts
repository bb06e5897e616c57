import type { contract, ModelId, ModelRow } from '#core/contract'
import { safetensors } from '#core/model/safetensors'
import type { SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { ApiContext } from './api.ts'

type All = Handlers<typeof contract>
type ModelName = Extract<keyof All, `models.${string}`>

/**
 * The part of the API that is about trained models.
 * @param record adds to the audit log
 */
export function modelCalls(
  { store, events }: ApiContext,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, ModelName> {
  const existing = (id: ModelId): { readonly row: ModelRow; readonly content: SavedModel } => {
    const [row, content] = [store.models.row(id), store.models.content(id)]
    if (row && content) return { row, content }
    throw new RpcError('NOT_FOUND', `there is no model ${id}`)
  }
  const named = (id: ModelId): string => {
    const row = store.models.row(id)
    if (row) return row.name
    throw new RpcError('NOT_FOUND', `there is no model ${id}`)
  }
  return {
    'models.list': () => [...store.models.list()],
    'models.get': ({ model }) => {
      const { row, content } = existing(model)
      const arrays = content.arrays.map(({ name, shape }) => ({ name, shape }))
      return { ...row, params: content.params, arrays }
    },
    'models.rename': ({ model, name }) => {
      const before = named(model)
      store.models.rename(model, name)
      record('model.rename', `model ${model}`, `${before} → ${name}`)
      events.studies.emit(undefined)
      return null
    },
    'models.delete': ({ model }) => {
      const name = named(model)
      store.models.remove(model)
      record('model.delete', `model ${model}`, name)
      events.studies.emit(undefined)
      return null
    },
    'models.export': ({ model }) => {
      const { row, content } = existing(model)
      const { name, hash, provenance } = row
      const metadata = { name, hash, provenance: JSON.stringify(provenance) }
      record('model.export', `model ${model}`, name)
      return {
        name: `model-${model}.safetensors`,
        mime: 'application/octet-stream',
        text: '',
        bytes: safetensors(content, metadata),
      }
    },
  }
}
