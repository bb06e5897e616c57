import { Arena } from '#core/compute/arena'
import { ArenaNetwork, networkWork } from '#core/compute/arenaNetwork'
import { exactIndex, indexedItems } from '#core/largeAction/wolpertinger/itemIndex'
import { treeShape } from '#core/metric/treeShape'
import { streams } from '#core/random/philox'

/** As TP7: a state of 36 numbers, items of 16, a critic of 64 hidden units. */
const stateWidth = 36
const itemWidth = 16
const criticHidden = 64

type Decide = () => number

/** How a decision is made among |I| items. */
interface Decider {
  readonly name: string
  /** Exponent of |I| that theory gives; null where constant parts rule. */
  readonly theory: number | null
  readonly most: number // items
  prepare(items: number): Decide
}

const random = (n: number, scale: number): Float32Array => {
  // xorshift: the weights only have to be there
  let state = 2463534242 ^ n
  return Float32Array.from({ length: n }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return scale * ((state >>> 0) / 4294967296 - 0.5)
  })
}

/** Draws from softmax(logits), one uniform per draw. */
function draw(logits: Float32Array, n: number, u: number): number {
  let largest = -Infinity
  for (let k = 0; k < n; k++) if (logits[k]! > largest) largest = logits[k]!
  let total = 0
  for (let k = 0; k < n; k++) total += logits[k] = Math.exp(logits[k]! - largest)
  let left = u * total
  for (let k = 0; k < n; k++) {
    left -= logits[k]!
    if (left < 0) return k
  }
  return n - 1
}

/** A path of d small softmaxes, each a product with one packed head; d = 1 is the full scan. */
function pathDecider(depth: number): Decider {
  return {
    name: depth === 1 ? 'softmax scan' : `TPGR d=${depth}`,
    theory: 1 / depth,
    most: 1_000_000,
    prepare(items) {
      const { children: c, internalNodes: nodes } = treeShape(items, depth)
      const panel = Math.ceil(c / 8) * 8 * stateWidth
      // a head per node; beyond what the cache holds anyway, nodes share memory
      const heads = Math.min(nodes, Math.ceil(2e8 / panel))
      const arena = new Arena(heads * panel + 4 * c + 1000)
      const packed = arena.block(heads * panel)
      packed.values.set(random(Math.min(packed.values.length, 4_000_000), 0.2))
      const state = arena.block(stateWidth)
      state.values.set(random(stateWidth, 2))
      const logits = arena.block(c)
      const rng = streams(7)('decisions', depth)
      const firstNode = Array.from({ length: depth }, (_, l) => treeNodes(c, l))
      return () => {
        let node = 0
        for (let level = 0; level < depth; level++) {
          const head = (firstNode[level]! + node) % heads
          arena.kernels.gemm(
            state.at,
            packed.at + 4 * head * panel,
            0,
            logits.at,
            1,
            c,
            stateWidth,
            0,
          )
          node = node * c + draw(logits.values, c, rng.u())
        }
        return node
      }
    },
  }
}

const treeNodes = (c: number, level: number): number => {
  let nodes = 0
  for (let l = 0; l < level; l++) nodes += c ** l
  return nodes
}

/** Rows that a critic looks at in one product. */
const criticRows = 4096

/** argmax over Q(s, a) of the given items, in pieces. */
function critic(arena: Arena): (state: Float32Array, vectors: Float32Array, n: number) => number {
  const sizes = [stateWidth + itemWidth, criticHidden, 1]
  const network = new ArenaNetwork(arena, sizes, criticRows, { output: 'linear', trains: false })
  network.initialise(streams(7)('critic', 0))
  const width = stateWidth + itemWidth
  const pairs = arena.block(criticRows * width)
  return (state, vectors, n) => {
    let best = -1
    let most = -Infinity
    for (let from = 0; from < n; from += criticRows) {
      const rows = Math.min(criticRows, n - from)
      for (let r = 0; r < rows; r++) {
        pairs.values.set(state, r * width)
        for (let f = 0; f < itemWidth; f++) {
          pairs.values[r * width + stateWidth + f] = vectors[(from + r) * itemWidth + f]!
        }
      }
      const q = network.forward(pairs.at, rows).values
      for (let r = 0; r < rows; r++) {
        if (q[r]! > most) {
          most = q[r]!
          best = from + r
        }
      }
    }
    return best
  }
}

const criticWork =
  networkWork([stateWidth + itemWidth, criticHidden, 1], criticRows, false) +
  2 * criticRows * (stateWidth + itemWidth)

const criticScan: Decider = {
  name: 'critic scan',
  theory: 1,
  most: 1_000_000,
  prepare(items) {
    const scan = critic(new Arena(criticWork))
    const state = random(stateWidth, 2)
    const vectors = random(items * itemWidth, 1)
    return () => scan(state, vectors, items)
  },
}

/** Exact neighbours of a proto-action, then the critic on k of them. */
function wolpertinger(name: string, count: (items: number) => number): Decider {
  return {
    name,
    theory: null,
    most: 1_000_000,
    prepare(items) {
      const k = count(items)
      const arena = new Arena(criticWork + items * (3 * itemWidth + 8) + 24 * k + 10_000)
      const vectors = { items, width: itemWidth, values: random(items * itemWidth, 1) }
      const index = exactIndex(arena, indexedItems(arena, vectors), 1)
      const query = arena.block(itemWidth)
      query.values.set(random(itemWidth, 1))
      const look = critic(arena)
      const state = random(stateWidth, 2)
      const near = new Int32Array(k)
      const nothing = { items: new Int32Array(1), count: new Int32Array(1), width: 1 }
      const found = new Float32Array(k * itemWidth)
      return () => {
        index.nearest(query.at, 1, k, nothing, near)
        for (let i = 0; i < k; i++) {
          for (let f = 0; f < itemWidth; f++) {
            found[i * itemWidth + f] = vectors.values[near[i]! * itemWidth + f]!
          }
        }
        return near[look(state, found, k)]!
      }
    },
  }
}

/** Every way that is timed; the scan that all others are compared with comes first. */
export const deciders = {
  softmaxScan: pathDecider(1),
  tpgr2: pathDecider(2),
  tpgr3: pathDecider(3),
  tpgr4: pathDecider(4),
  criticScan,
  wolpertinger1: wolpertinger('Wolpertinger k=1', () => 1),
  wolpertinger1pc: wolpertinger('Wolpertinger k=1 %', (items) =>
    Math.max(1, Math.round(items / 100)),
  ),
  wolpertinger10pc: {
    ...wolpertinger('Wolpertinger k=10 %', (items) => Math.round(items / 10)),
    // the kernel of the k largest sorts by insertion: 100,000 of a million would take minutes
    most: 100_000,
  },
} as const satisfies Record<string, Decider>
export type DeciderId = keyof typeof deciders
export const deciderIds = Object.keys(deciders) as readonly DeciderId[]
