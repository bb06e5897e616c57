import { onScopeDispose, watchEffect } from 'vue'
import type { RunSummary } from '#core/run/summary'
import { useFigures } from '../stores/figures.ts'
import { useRunPlace } from './useRunPage.ts'

/** Lets the drawer take the values that the view shows, which may be those of an earlier look. */
export function useShownFigures(view: () => RunSummary | null): void {
  const { detail } = useRunPlace()
  const figures = useFigures()
  watchEffect(() => {
    const run = detail.value?.id
    const summary = view()
    figures.shown = run === undefined || !summary ? null : { run, summary }
  })
  onScopeDispose(() => (figures.shown = null))
}
