import { formatInteger, formatNumber, formatP } from '../format.ts'
import type { Quantity } from './document.ts'

/** How a quantity is written, for the formats that show it. */
export function quantityText(quantity: Quantity): string {
  const { estimate, unit, digits, id } = quantity
  if (id === 'signTest') return formatP(estimate.value)
  if (id === 'eValue' && estimate.value !== null && estimate.value >= 1000) {
    return estimate.value < 1e9
      ? formatInteger(estimate.value)
      : estimate.value.toExponential(1).replace('e+', 'e')
  }
  return digits === 0 || unit === ''
    ? formatInteger(estimate.value)
    : formatNumber(estimate.value, digits)
}
