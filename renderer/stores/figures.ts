import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import type { RunId } from '#core/contract/ids'
import type { Findings, RunSummary } from '#core/run/summary'
import type { FormulaValue } from '../formulas/formula.ts'

/** What the page tells of a run: an earlier look, or another challenger than the first. */
interface ShownSummary {
  readonly run: RunId
  readonly summary: RunSummary
}

/** The numbers that the drawer tells with the values which stand on the page. */
export const useFigures = defineStore('figures', () => ({
  /** Numbers that are one of many, `segment~early`. */
  onPage: shallowReactive(new Map<string, () => readonly FormulaValue[]>()),
  /** Of a formula with thousands of numbers on the page: one function tells all of them by their part. */
  families: shallowReactive(new Map<string, (part: string) => readonly FormulaValue[] | null>()),
  shown: shallowRef<ShownSummary | null>(null),
  /** What the log on the page says; null on other pages. */
  ofLog: shallowRef<Findings | null>(null),
}))
