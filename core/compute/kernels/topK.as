// The k largest of a row. The k-th largest of at least k group maxima is a bound that k scores reach;
// a vector compare against it, later against the k-th best so far, skips eight scores at a time. What
// passes goes into a sorted list, whose place is found by counting and freed by shifting vectors.

/**
 * rows [rows, width] → out [rows, k], positions best first, ties by position; NaN counts as −∞.
 * scratch: 2·(4·⌈k/4⌉) + 8·⌊(⌊3k/2⌋ + 15)/8⌋ numbers. k ≤ width.
 */
export function topK(
  scores: usize, rows: i32, width: i32, k: i32, out: usize, scratch: usize,
): void {
  const padded = (k + 3) & ~3
  const best = scratch
  const where = best + (<usize>padded << 2)
  const maxima = where + (<usize>padded << 2)
  // half as many groups again as places: then few scores beyond the k best reach the bound
  const groups = (k + (k >> 1) + 15) & ~7
  for (let row = 0; row < rows; row++) {
    for (let t = 0; t < padded; t += 4) v128.store(best + (<usize>t << 2), f32x4.splat(-Infinity))
    let held = 0
    if (width >= groups * 4) {
      // the beginning of a long row gives a bound that is good enough
      const bound = groupBound(scores, min(width, groups * 64), k, maxima, groups)
      held = scan(scores, 0, width, k, padded, best, where, bound, 0)
    }
    // too short a row, or so many NaN that the bound holds fewer than k scores back
    if (held < k) {
      for (let t = 0; t < padded; t += 4) v128.store(best + (<usize>t << 2), f32x4.splat(-Infinity))
      let i = 0
      for (; i < k; i++) insert(best, where, padded, i, at(scores, i), i)
      scan(scores, i, width, k, padded, best, where, -Infinity, k)
    }
    memory.copy(out, where, <usize>k << 2)
    out += <usize>k << 2
    scores += <usize>width << 2
  }
}

/** The k-th largest of the maxima of `groups` groups: at least k scores are as large. NaN is left out. */
@inline
function groupBound(scores: usize, width: i32, k: i32, maxima: usize, groups: i32): f32 {
  const bytes = <usize>groups << 2
  for (let t: usize = 0; t < bytes; t += 16) {
    v128.store(maxima + t, f32x4.pmax(f32x4.splat(-Infinity), v128.load(scores + t)))
  }
  let p = scores + bytes
  for (let i = groups; i + groups <= width; i += groups) {
    for (let t: usize = 0; t < bytes; t += 16) {
      v128.store(maxima + t, f32x4.pmax(v128.load(maxima + t), v128.load(p + t)))
    }
    p += bytes
  }
  let threshold: f32 = -Infinity
  for (let g = 0; g < groups; g++) {
    // the largest value that at least k maxima reach
    const value = load<f32>(maxima + (<usize>g << 2))
    if (value <= threshold) continue
    const x = f32x4.splat(value)
    let atLeast = 0
    for (let t: usize = 0; t < bytes; t += 16) {
      atLeast += popcnt(i32x4.bitmask(f32x4.ge(v128.load(maxima + t), x)))
    }
    if (atLeast >= k) threshold = value
  }
  return threshold
}

/**
 * Inserts what exceeds the k-th best; while fewer than k are held, what reaches `bound`.
 * @returns how many are held
 */
@inline
function scan(
  scores: usize, i: i32, width: i32, k: i32, padded: i32, best: usize, where: usize,
  bound: f32, held: i32,
): i32 {
  const kth = best + (<usize>(k - 1) << 2)
  let threshold = f32x4.splat(bound)
  if (held == k) threshold = v128.load_splat<f32>(kth)
  for (; i + 8 <= width; i += 8) {
    const p = scores + (<usize>i << 2)
    const left = held == k
      ? f32x4.gt(v128.load(p), threshold)
      : f32x4.ge(v128.load(p), threshold)
    const right = held == k
      ? f32x4.gt(v128.load(p, 16), threshold)
      : f32x4.ge(v128.load(p, 16), threshold)
    if (!v128.any_true(v128.or(left, right))) continue
    let mask = i32x4.bitmask(left) | (i32x4.bitmask(right) << 4)
    while (mask) {
      const j = i + ctz(mask)
      mask &= mask - 1
      held = offer(best, where, padded, k, kth, held, load<f32>(scores + (<usize>j << 2)), j)
    }
    if (held == k) threshold = v128.load_splat<f32>(kth)
  }
  for (; i < width; i++) {
    const score = load<f32>(scores + (<usize>i << 2))
    if (score >= bound) held = offer(best, where, padded, k, kth, held, score, i)
  }
  return held
}

/** The list may have filled up or risen since the compare. */
@inline
function offer(
  best: usize, where: usize, padded: i32, k: i32, kth: usize, held: i32, score: f32, position: i32,
): i32 {
  if (held < k) {
    insert(best, where, padded, held, score, position)
    return held + 1
  }
  if (score > load<f32>(kth)) insert(best, where, padded, k, score, position)
  return held
}

@inline
function at(scores: usize, i: i32): f32 {
  const score = load<f32>(scores + (<usize>i << 2))
  return score == score ? score : -Infinity
}

/** Puts one score behind all that are at least as large; the last of `padded` places falls out. */
@inline
function insert(
  best: usize, where: usize, padded: i32, held: i32, score: f32, position: i32,
): void {
  const x = f32x4.splat(score)
  let place = 0
  for (let t = 0; t < padded; t += 4) {
    place += popcnt(i32x4.bitmask(f32x4.ge(v128.load(best + (<usize>t << 2)), x)))
  }
  // the padding holds −∞ as well
  if (place > held) place = held
  let t = padded - 4
  for (; t > place; t -= 4) {
    const shift = <usize>t << 2
    v128.store(best + shift, v128.load(best + shift - 4))
    v128.store(where + shift, v128.load(where + shift - 4))
  }
  for (let j = min(t + 3, padded - 1); j > place; j--) {
    const shift = <usize>j << 2
    store<f32>(best + shift, load<f32>(best + shift - 4))
    store<i32>(where + shift, load<i32>(where + shift - 4))
  }
  store<f32>(best + (<usize>place << 2), score)
  store<i32>(where + (<usize>place << 2), position)
}
