import type { contract } from '#core/contract'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { ApiContext } from './api.ts'

type All = Handlers<typeof contract>

/**
 * The part of the API that is about what people add to runs: tags, the baseline, saved views.
 * @param record adds to the audit log
 */
export function markCalls(
  { store, events }: ApiContext,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, 'runs.mark' | 'runs.specs' | 'views.list' | 'views.save' | 'views.delete'> {
  return {
    'runs.mark': ({ runs, ...mark }) => {
      for (const run of runs) {
        if (!store.runs.row(run)) throw new RpcError('NOT_FOUND', `there is no run ${run}`)
      }
      const before = mark.pinned ? store.marks.pinned() : undefined
      for (const run of runs) store.marks.set(run, mark)
      record('run.mark', `run ${runs.join(', ')}`, JSON.stringify(mark))
      for (const run of new Set(before === undefined ? runs : [...runs, before])) {
        events.run.emit(run)
      }
      return null
    },
    'runs.specs': ({ runs }) =>
      runs.flatMap((id) => {
        const stored = store.runs.get(id)
        return stored ? [{ run: id, spec: stored.spec }] : []
      }),
    'views.list': () => [...store.views.list()],
    'views.save': (view) => {
      store.views.save(view)
      record('view.save', view.name, view.query)
      return null
    },
    'views.delete': ({ name }) => {
      store.views.remove(name)
      record('view.delete', name)
      return null
    },
  }
}
