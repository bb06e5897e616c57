import { eBh } from './eBh.ts'
import { adjustFamily, type AdjustmentId } from './multiplicity.ts'

/** Ways to correct the comparisons of one family together. */
export type CorrectionId = 'eBh' | AdjustmentId

export const correctionNames: Readonly<Record<CorrectionId, string>> = {
  eBh: 'e-BH',
  bh: 'Benjamini–Hochberg',
  by: 'Benjamini–Yekutieli',
  holm: 'Holm',
  bonferroni: 'Bonferroni',
  holmSidak: 'Holm–Šidák',
  hommel: 'Hommel',
}

/** What the error rate of the method bounds: the share of false findings, or any at all. */
export const isFamilyWise = (method: CorrectionId): boolean =>
  method !== 'eBh' && method !== 'bh' && method !== 'by'

/**
 * Methods that hold for p values of a sequence, which are valid at any look but may depend on each
 * other in any way; the others take the independence or the single look for granted.
 */
export const anytimeCorrections: readonly CorrectionId[] = ['eBh', 'by', 'holm', 'bonferroni']

/** e-BH for a sequence, Benjamini & Hochberg for a single look, unless the plan names another. */
export function correctionOf(chosen: 'auto' | CorrectionId, anytime: boolean): CorrectionId {
  if (chosen !== 'auto') return chosen
  return anytime ? 'eBh' : 'bh'
}

/** Evidence of one comparison; null where there is none yet, which rejects nothing. */
export interface FamilyMember {
  readonly logE: number | null
  readonly p: number | null
}

/** Which null hypotheses of the family are rejected at the error rate. */
export function rejectedBy(
  method: CorrectionId,
  members: readonly FamilyMember[],
  errorRate: number,
): readonly boolean[] {
  if (method === 'eBh') {
    return eBh(
      members.map(({ logE }) => logE ?? -Infinity),
      errorRate,
    ).reject
  }
  return adjustFamily(
    members.map(({ p }) => p ?? 1),
    method,
    errorRate,
  ).reject
}

/**
 * p values of the family before and after the correction; null where a comparison has none yet. Of
 * e-BH the raw one is 1/e, and the adjusted one the smallest error rate at which it is rejected: e-BH
 * on e is Benjamini–Hochberg on 1/e (Wang & Ramdas 2022).
 */
export function adjustedBy(
  method: CorrectionId,
  members: readonly FamilyMember[],
): { readonly p: readonly (number | null)[]; readonly adjusted: readonly (number | null)[] } {
  const p = members.map(({ logE, p: own }) => {
    if (method !== 'eBh') return own
    return logE === null ? null : Math.min(1, Math.exp(-logE))
  })
  const { adjusted } = adjustFamily(
    p.map((value) => value ?? 1),
    method === 'eBh' ? 'bh' : method,
    1,
  )
  return { p, adjusted: adjusted.map((value, i) => (p[i] === null ? null : value)) }
}
