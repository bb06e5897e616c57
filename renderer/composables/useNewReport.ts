import { useRouter } from 'vue-router'
import type { RunId } from '#core/contract'
import type { TemplateId } from '#core/report/templates'
import { api } from '../api.ts'
import { useApp } from '../stores/app.ts'
import { useAction, type Action } from './useAction.ts'

/** Makes a report of runs from a template, in the language of the page, and opens it. */
export function useNewReport(): {
  readonly busy: Action['busy']
  readonly write: (template: TemplateId, runs: readonly RunId[]) => Promise<void>
} {
  const router = useRouter()
  const app = useApp()
  const { busy, run } = useAction()
  return {
    busy,
    write: (template, runs) =>
      run(async () => {
        const report = await api.call('reports.create', {
          template,
          sources: runs.map((id) => ({ kind: 'run', id })),
          language: app.language,
        })
        await router.push({ name: 'report', params: { report } })
      }),
  }
}
