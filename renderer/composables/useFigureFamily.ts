import { onScopeDispose } from 'vue'
import type { FormulaValue } from '../formulas/formula.ts'
import type { FormulaId } from '../formulas/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useInspector } from './useInspector.ts'

/**
 * Numbers of one formula by the thousand, as plain buttons of the class `figure-link`: a component for each would take
 * longer than the page has.
 * @param tell values of one of them, by its part
 * @returns opens one of them
 */
export function useFigureFamily(
  of: FormulaId,
  tell: (part: string) => readonly FormulaValue[] | null,
): (part: string) => void {
  const { families } = useFigures()
  const inspector = useInspector()
  families.set(of, tell)
  onScopeDispose(() => families.get(of) === tell && families.delete(of))
  return (part) => inspector.open('formula', `${of}~${part}`)
}
