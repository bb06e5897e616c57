export interface TreeShape {
  /** Children per node: the smallest integer c with c^depth ≥ items. */
  readonly children: number
  readonly leafCapacity: number
  /** items/leafCapacity. */
  readonly fill: number
  /** (c^depth − 1)/(c − 1): one small policy network each. */
  readonly internalNodes: number
  /** Outputs computed per decision, c × depth. */
  readonly decisionCost: number
  /** Outputs of one flat policy per output of the tree. */
  readonly versusFlat: number
}

/**
 * Shape of a balanced clustering tree over items.
 *
 * Source: Chen et al., "Large-scale interactive recommendation with tree-structured policy
 * gradient", AAAI 2019.
 * @param items at least 1; @param depth levels of decisions, at least 1
 * @throws RangeError for anything that is not a positive integer
 */
export function treeShape(items: number, depth: number): TreeShape {
  for (const [name, value] of Object.entries({ items, depth })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`${name} ${value} is not a positive integer`)
    }
  }
  // A floating root can miss by one: 3125^(1/5) comes out above 5.
  let children = Math.max(1, Math.floor(items ** (1 / depth)) - 1)
  while (power(children, depth) < items) children++
  const leafCapacity = power(children, depth)
  const internalNodes = children === 1 ? depth : (leafCapacity - 1) / (children - 1)
  const decisionCost = children * depth
  return {
    children,
    leafCapacity,
    fill: items / leafCapacity,
    internalNodes,
    decisionCost,
    versusFlat: items / decisionCost,
  }
}

/** Integer power by multiplication: exact as long as it is a safe integer. */
function power(base: number, exponent: number): number {
  let product = 1
  for (let i = 0; i < exponent; i++) product *= base
  return product
}
