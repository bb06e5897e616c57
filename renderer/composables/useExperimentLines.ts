import { storeToRefs } from 'pinia'
import { computed, watchEffect } from 'vue'
import type { RunId } from '#core/contract/ids'
import { experimentLines, runsOfLine, toggleLine, type ExperimentLine } from '../experimentLines.ts'
import { asksForSpecs, matches, parseFilter } from '../runFilter.ts'
import { useRuns } from '../stores/runs.ts'
import { useSpecs } from '../stores/specs.ts'
import { useQuery } from './useQuery.ts'

/** The table of experiments as the address has it: filtered, folded, with a selection. */
export function useExperimentLines() {
  const { rows } = storeToRefs(useRuns())
  const specs = useSpecs()
  const filter = useQuery('q')
  const state = useQuery('state')
  const archived = useFlag('archived', false)
  const folded = useFlag('fold', true)
  const opened = useQuery('open')
  const selection = useQuery('sel')

  const terms = computed(() => parseFilter(filter.value))
  watchEffect(() => {
    if (asksForSpecs(terms.value)) void specs.need(rows.value.map(({ id }) => id))
  })
  const matching = computed(() =>
    rows.value.filter(
      (row) =>
        (state.value === '' || row.state === state.value) &&
        row.archived === archived.value &&
        matches(row, specs.byRun.get(row.id), terms.value),
    ),
  )
  const open = computed(() => new Set(opened.value.split('.').filter(Boolean)))
  const lines = computed(() => experimentLines(matching.value, folded.value ? open.value : null))
  function toggleGroup(experiment: number) {
    const next = new Set(open.value)
    if (!next.delete(String(experiment))) next.add(String(experiment))
    opened.value = [...next].join('.')
  }

  const selected = computed<ReadonlySet<RunId>>(
    () => new Set(selection.value.split('.').filter(Boolean).map(Number)),
  )
  const select = (ids: Iterable<RunId>) => (selection.value = [...ids].join('.'))
  const areAllSelected = computed(
    () => matching.value.length > 0 && matching.value.every(({ id }) => selected.value.has(id)),
  )
  return {
    filter,
    state,
    archived,
    folded,
    lines,
    toggleGroup,
    selectedRows: computed(() => rows.value.filter(({ id }) => selected.value.has(id))),
    isSelected: (line: ExperimentLine) =>
      runsOfLine(line).every(({ id }) => selected.value.has(id)),
    toggle: (line: ExperimentLine) => select(toggleLine(selected.value, line)),
    areAllSelected,
    toggleAll: () => select(areAllSelected.value ? [] : matching.value.map(({ id }) => id)),
    clear: () => select([]),
  }
}

/** A switch in the address; it is written there only where it differs from what is usual. */
function useFlag(name: string, usual: boolean) {
  const value = useQuery(name, usual ? '1' : '')
  const off = usual ? '0' : ''
  return computed({
    get: () => value.value === '1',
    set: (on) => (value.value = on ? '1' : off),
  })
}
