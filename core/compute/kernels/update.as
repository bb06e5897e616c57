// Updates of weights in place, one pass over each tensor. The last n mod 4 numbers follow the same
// formulas one by one.

/**
 * Adam, Kingma & Ba, ICLR 2015, Alg. 1. `rate` = learning rate / (1 − β₁ᵗ), `second` = 1 / (1 − β₂ᵗ).
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, n: i32,
  rate: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, epsilon: f32, second: f32,
): void {
  const rates = f32x4.splat(rate)
  const b1 = f32x4.splat(beta1)
  const b2 = f32x4.splat(beta2)
  const r1 = f32x4.splat(rest1)
  const r2 = f32x4.splat(rest2)
  const e = f32x4.splat(epsilon)
  const c = f32x4.splat(second)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const gradient = v128.load(g)
    const mean = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(r1, gradient))
    const square = f32x4.add(
      f32x4.mul(b2, v128.load(v)),
      f32x4.mul(r2, f32x4.mul(gradient, gradient)),
    )
    v128.store(m, mean)
    v128.store(v, square)
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(square, c)), e)
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(rates, mean), size)))
    w += 16
    g += 16
    m += 16
    v += 16
  }
  for (; i < n; i++) {
    const gradient = load<f32>(g)
    const mean = beta1 * load<f32>(m) + rest1 * gradient
    const square = beta2 * load<f32>(v) + rest2 * (gradient * gradient)
    store<f32>(m, mean)
    store<f32>(v, square)
    store<f32>(w, load<f32>(w) - (rate * mean) / (sqrt<f32>(square * second) + epsilon))
    w += 4
    g += 4
    m += 4
    v += 4
  }
}

/** velocity ← momentum·velocity + g; w ← w − rate·velocity */
export function momentum(w: usize, g: usize, velocity: usize, n: i32, rate: f32, share: f32): void {
  const rates = f32x4.splat(rate)
  const shares = f32x4.splat(share)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const next = f32x4.add(f32x4.mul(shares, v128.load(velocity)), v128.load(g))
    v128.store(velocity, next)
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rates, next)))
    w += 16
    g += 16
    velocity += 16
  }
  for (; i < n; i++) {
    const next = share * load<f32>(velocity) + load<f32>(g)
    store<f32>(velocity, next)
    store<f32>(w, load<f32>(w) - rate * next)
    w += 4
    g += 4
    velocity += 4
  }
}

/** target ← target + factor·source; SGD with factor = −learning rate */
export function addScaled(target: usize, source: usize, n: i32, factor: f32): void {
  const factors = f32x4.splat(factor)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    v128.store(target, f32x4.add(v128.load(target), f32x4.mul(factors, v128.load(source))))
    target += 16
    source += 16
  }
  for (; i < n; i++) {
    store<f32>(target, load<f32>(target) + factor * load<f32>(source))
    target += 4
    source += 4
  }
}

/** target ← target + tau·(source − target) */
export function polyak(target: usize, source: usize, n: i32, tau: f32): void {
  const taus = f32x4.splat(tau)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const t = v128.load(target)
    v128.store(target, f32x4.add(t, f32x4.mul(taus, f32x4.sub(v128.load(source), t))))
    target += 16
    source += 16
  }
  for (; i < n; i++) {
    const t = load<f32>(target)
    store<f32>(target, t + tau * (load<f32>(source) - t))
    target += 4
    source += 4
  }
}

/** out ← y > 0 ? dy : 0, the gradient of relu at its output y */
export function reluGradient(dy: usize, y: usize, out: usize, n: i32): void {
  const zero = f32x4.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    v128.store(out, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)))
    dy += 16
    y += 16
    out += 16
  }
  for (; i < n; i++) {
    store<f32>(out, load<f32>(y) > 0 ? load<f32>(dy) : 0)
    dy += 4
    y += 4
    out += 4
  }
}

/** out[j] = Σᵢ d[i, j], i from 0 upwards; d [M, N] */
export function columnSums(d: usize, out: usize, M: i32, N: i32): void {
  const row = <usize>N << 2
  let j = 0
  for (; j + 4 <= N; j += 4) {
    let sum = f32x4.splat(0)
    let p = d + (<usize>j << 2)
    for (let i = 0; i < M; i++) {
      sum = f32x4.add(sum, v128.load(p))
      p += row
    }
    v128.store(out + (<usize>j << 2), sum)
  }
  for (; j < N; j++) {
    let sum: f32 = 0
    let p = d + (<usize>j << 2)
    for (let i = 0; i < M; i++) {
      sum += load<f32>(p)
      p += row
    }
    store<f32>(out + (<usize>j << 2), sum)
  }
}

/** The largest of n unsigned integers: negative rows count as huge ones. */
export function largestIndex(p: usize, n: i32): u32 {
  let most = i32x4.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    most = i32x4.max_u(most, v128.load(p))
    p += 16
  }
  let largest = max(
    max(<u32>i32x4.extract_lane(most, 0), <u32>i32x4.extract_lane(most, 1)),
    max(<u32>i32x4.extract_lane(most, 2), <u32>i32x4.extract_lane(most, 3)),
  )
  for (; i < n; i++) {
    largest = max(largest, load<u32>(p))
    p += 4
  }
  return largest
}
