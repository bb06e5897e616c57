/**
 * What the module of core/compute/kernels exports. Pointers are byte offsets into the heap, all other
 * sizes count numbers; shapes stand beside each kernel's source.
 */
export interface KernelExports {
  packColumns(b: number, rs: number, cs: number, out: number, k: number, n: number): void
  transpose(a: number, out: number, rows: number, columns: number): void
  gemm(
    a: number,
    packed: number,
    bias: number,
    c: number,
    m: number,
    n: number,
    k: number,
    relu: number,
  ): void
  dotAll(
    u: number,
    p: number,
    out: number,
    users: number,
    items: number,
    width: number,
    bias: number,
  ): void
  dotPools(
    u: number,
    p: number,
    pools: number,
    out: number,
    users: number,
    poolSize: number,
    width: number,
  ): void
  pickPools(
    all: number,
    pools: number,
    out: number,
    users: number,
    poolSize: number,
    items: number,
  ): void
  hidden1All(
    u: number,
    p: number,
    w: number,
    b: number,
    out: number,
    users: number,
    items: number,
    width: number,
  ): void
  hidden1Pools(
    u: number,
    p: number,
    w: number,
    b: number,
    pools: number,
    out: number,
    users: number,
    poolSize: number,
    width: number,
  ): void
  hidden2(
    u: number,
    p: number,
    packed: number,
    c: number,
    w: number,
    b: number,
    pools: number,
    out: number,
    users: number,
    poolSize: number,
    width: number,
    panels: number,
    scratch: number,
  ): void
  topK(scores: number, rows: number, width: number, k: number, out: number, scratch: number): void
  /** @returns 0 where nothing was done, as a magnitude is infinite, NaN or extreme */
  roundItems(p: number, out: number, items: number, width: number): number
  /** @returns 0 where nothing was done, for the same reasons */
  rankDot(
    u: number,
    p: number,
    panels: number,
    pools: number,
    out: number,
    users: number,
    items: number,
    poolSize: number,
    width: number,
    k: number,
    scratch: number,
  ): number
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    beta1: number,
    beta2: number,
    rest1: number,
    rest2: number,
    epsilon: number,
    second: number,
  ): void
  momentum(w: number, g: number, velocity: number, n: number, rate: number, share: number): void
  addScaled(target: number, source: number, n: number, factor: number): void
  polyak(target: number, source: number, n: number, tau: number): void
  reluGradient(dy: number, y: number, out: number, n: number): void
  columnSums(d: number, out: number, rows: number, columns: number): void
  largestIndex(p: number, n: number): number
  perturbElements(
    w: number,
    out: number,
    n: number,
    tensor: number,
    key0: number,
    key1: number,
    alpha: number,
    relative: number,
    spread: number,
  ): void
  perturbTensor(
    w: number,
    out: number,
    n: number,
    tensor: number,
    key0: number,
    key1: number,
    alpha: number,
  ): void
}
