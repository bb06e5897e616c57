import { useRouter } from 'vue-router'
import { languages } from '#core/languages'
import type { TemplateId } from '#core/report/templates'
import { api } from '../api.ts'
import { useApp } from '../stores/app.ts'
import { useAction, type Action } from './useAction.ts'

/** Makes a report from a template, with the language and the paper of the settings, and opens it. */
export function useNewReport(): {
  readonly busy: Action['busy']
  /** @param title null: as its first source */
  readonly write: (
    template: TemplateId,
    sources: readonly { readonly kind: 'run' | 'study'; readonly id: number }[],
    title?: string | null,
  ) => Promise<void>
} {
  const router = useRouter()
  const app = useApp()
  const { busy, run } = useAction()
  return {
    busy,
    write: (template, sources, title = null) =>
      run(async () => {
        const { reportLanguage = 'page', paper = 'A4' } = app.settings ?? {}
        const chosen =
          reportLanguage === 'both'
            ? [...languages]
            : [reportLanguage === 'page' ? app.language : reportLanguage]
        const wish = {
          template,
          sources: [...sources],
          title,
          language: chosen.includes(app.language) ? app.language : chosen[0]!,
          languages: chosen,
          paper,
        }
        const report = await api.call('reports.create', wish)
        await router.push({ name: 'report', params: { report } })
      }),
  }
}
