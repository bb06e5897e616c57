// The k best of dot products without computing all of them in full. Products of numbers rounded to 12
// bits, of which one instruction makes eight, tell to a small margin how large each score is; only what
// may be among the k best is multiplied out, by the sums of dot.as. So the lists are those of all scores.
import { dotPools } from './dot'
import { topK } from './topK'

/** Coarse scores keep 16 of their 31 bits. */
const SHIFT: i32 = 15
/** Of magnitudes: beyond it a product could overflow or lose bits. */
const SMALLEST: f32 = 9.094947017729282e-13 // 2^-40
const LARGEST: f32 = 1099511627776 // 2^40
/** So few candidates are put in order by counting. */
const COUNTED = 64

/**
 * out[r] = places in the pool of the k best scores U[r]·P[pools[r]], best first, ties by place: what
 * `dotPools` and `topK` give. U [R, H], P [N, H], panels what `roundItems` made of P, pools [R, S] or 0 for
 * all N = S items; out [R, k]. H a multiple of 8 up to 256, k ≤ S; S ≥ 4·(8 + 1.5 k).
 * scratch: 16-bit numbers R₄·(H + N₈) + S₈, then 32-bit ones R₄ + 3·S₄ + topK's for k, with N₈, S₈ and R₄, S₄
 * rounded up to 8 and 4.
 * @returns 0 where nothing was done, as a magnitude is infinite, NaN or extreme
 */
export function rankDot(
  U: usize, P: usize, panels: usize, pools: usize, out: usize,
  R: i32, N: i32, S: i32, H: i32, k: i32, scratch: usize,
): i32 {
  const rows = (R + 3) & ~3
  const columns = (N + 7) & ~7
  const users = scratch
  const coarse = users + ((<usize>rows * H) << 1)
  const picked = coarse + ((<usize>rows * columns) << 1)
  const margins = picked + ((<usize>(S + 7) & ~7) << 1)
  const places = margins + (<usize>rows << 2)
  const stride = <usize>((S + 3) & ~3) << 2
  if (!roundUsers(U, users, margins, R, rows, H)) return 0
  coarseProducts(users, panels, coarse, rows, columns, H)
  const bytes = <usize>H << 2
  for (let r = 0; r < R; r++) {
    let scores = coarse + ((<usize>r * columns) << 1)
    if (pools) {
      pick(scores, pools, picked, S)
      scores = picked
    }
    const found = candidates(
      scores, S, k, load<i32>(margins + (<usize>r << 2)), pools, places, places + stride,
    )
    best(U, P, places, places + stride, places + stride * 2, out, found, H, k)
    U += bytes
    if (pools) pools += <usize>S << 2
    out += <usize>k << 2
  }
  return 1
}

/** H products of numbers of as many bits stay below 2^30. */
@inline
function bitsFor(H: i32): i32 {
  return (30 - (32 - clz(H - 1))) >> 1
}

/** Of n numbers, n a multiple of 8; the bits of infinity and NaN exceed those of all others. */
@inline
function largestMagnitude(p: usize, n: i32): f32 {
  let a = i32x4.splat(0)
  let b = a
  for (const end = p + (<usize>n << 2); p < end; p += 32) {
    a = i32x4.max_u(a, i32x4.shl(v128.load(p), 1))
    b = i32x4.max_u(b, i32x4.shl(v128.load(p, 16), 1))
  }
  a = i32x4.max_u(a, b)
  const left = max(<u32>i32x4.extract_lane(a, 0), <u32>i32x4.extract_lane(a, 1))
  const right = max(<u32>i32x4.extract_lane(a, 2), <u32>i32x4.extract_lane(a, 3))
  return reinterpret<f32>(max(left, right) >> 1)
}

/**
 * 1.5 · 2^23 units, where the largest magnitude makes between 2^(bits − 1) and 2^bits units: the last bits
 * of its sum with a number are the number, rounded to units.
 */
@inline
function rounderOf(magnitude: f32, bits: i32): f32 {
  const exponent = <i32>(reinterpret<u32>(magnitude) >> 23)
  return reinterpret<f32>(((exponent + 24 - bits) << 23) | 0x400000)
}

/** Eight numbers in units. */
@inline
function rounded(p: usize, rounder: v128): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.sub(f32x4.add(v128.load(p), rounder), rounder),
    i32x4.sub(f32x4.add(v128.load(p, 16), rounder), rounder),
  )
}

/**
 * Each user has a scale of its own. A user's margin is by how much, in coarse scores, one of the k best may
 * lie below the k-th best coarse score: twice the largest error of a score, which is half a unit for each
 * number that was rounded times the other's magnitude, and the rounding of the score itself.
 * @returns 0 where a magnitude is infinite, NaN or extreme
 */
@inline
function roundUsers(
  U: usize, out: usize, margins: usize, R: i32, rows: i32, H: i32,
): i32 {
  const bits = bitsFor(H)
  const most = <f64>(1 << bits)
  for (let r = 0; r < rows; r++) {
    let widest: f32 = 0
    if (r < R) widest = largestMagnitude(U, H)
    if (widest == 0) {
      memory.fill(out, 0, <usize>H << 1)
      store<i32>(margins, 1)
    } else {
      if (!(widest >= SMALLEST && widest <= LARGEST)) return 0
      const rounder = f32x4.splat(rounderOf(widest, bits))
      const ones = i16x8.splat(1)
      let sum = i32x4.splat(0)
      for (let i: usize = 0; i < <usize>H; i += 8) {
        const v = rounded(U + (i << 2), rounder)
        v128.store(out + (i << 1), v)
        sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.abs(v), ones))
      }
      const length = <f64>(
        i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) +
        i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
      )
      const error = 0.5 * (length + most * H) + 0.25 * H + (length + H) * most * (H + 8) * 6e-8
      store<i32>(margins, <i32>((2 * error) / <f64>(1 << SHIFT)) + 2)
    }
    U += <usize>H << 2
    out += <usize>H << 1
    margins += 4
  }
  return 1
}

/**
 * P [N, H] → 12 bits of each number in panels of eight items, [⌈N/8⌉][H/2][8][2], filled up with anything.
 * @returns 0 where nothing was done, as a magnitude is infinite, NaN or extreme
 */
export function roundItems(P: usize, out: usize, N: i32, H: i32): i32 {
  const widest = largestMagnitude(P, N * H)
  if (!(widest >= SMALLEST && widest <= LARGEST)) return 0
  const by = f32x4.splat(rounderOf(widest, bitsFor(H)))
  const row = <usize>H << 2
  const panel = <usize>H << 4
  for (let i = 0; i < N; i += 4) {
    const a = P + <usize>i * row
    const to = out + <usize>(i >> 3) * panel + (<usize>(i & 4) << 2)
    // what stands behind the last item is not looked at
    const b = i + 1 < N ? a + row : a
    const c = i + 2 < N ? b + row : a
    const d = i + 3 < N ? c + row : a
    for (let h: usize = 0; h < <usize>H; h += 8) {
      const at = h << 2
      fourPairs(
        rounded(a + at, by), rounded(b + at, by), rounded(c + at, by), rounded(d + at, by),
        to + (h << 4),
      )
    }
  }
  return 1
}

/** Four rows of four pairs → four columns, in every other vector from `out` on. */
@inline
function fourPairs(a: v128, b: v128, c: v128, d: v128, out: usize): void {
  const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
  const ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
  const cd0 = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
  const cd1 = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<i32>(ab0, cd0, 0, 1, 4, 5))
  v128.store(out, v128.shuffle<i32>(ab0, cd0, 2, 3, 6, 7), 32)
  v128.store(out, v128.shuffle<i32>(ab1, cd1, 0, 1, 4, 5), 64)
  v128.store(out, v128.shuffle<i32>(ab1, cd1, 2, 3, 6, 7), 96)
}

/** out [rows, columns] of 16 bits; rows a multiple of 4, columns of 8. */
@inline
function coarseProducts(
  users: usize, panels: usize, out: usize, rows: i32, columns: i32, H: i32,
): void {
  const user = <usize>H << 1
  const panel = <usize>H << 4
  const row = <usize>columns << 1
  for (let j = 0; j < columns; j += 8) {
    let x = users
    let o = out + (<usize>j << 1)
    for (let r = 0; r < rows; r += 4) {
      fourUsers(x, user, panels, panels + panel, o, row)
      x += user << 2
      o += row << 2
    }
    panels += panel
  }
}

@inline
function addDot(a: v128, b: v128, sum: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(a, b))
}

@inline
function fourUsers(x: usize, user: usize, p: usize, end: usize, out: usize, row: usize): void {
  let y = x + user
  let z = y + user
  let w = z + user
  let c00 = i32x4.splat(0)
  let c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00
  for (; p < end; p += 128) {
    let b0 = v128.load(p)
    let b1 = v128.load(p, 16)
    let t = v128.load32_splat(x)
    c00 = addDot(t, b0, c00)
    c01 = addDot(t, b1, c01)
    t = v128.load32_splat(y)
    c10 = addDot(t, b0, c10)
    c11 = addDot(t, b1, c11)
    t = v128.load32_splat(z)
    c20 = addDot(t, b0, c20)
    c21 = addDot(t, b1, c21)
    t = v128.load32_splat(w)
    c30 = addDot(t, b0, c30)
    c31 = addDot(t, b1, c31)
    b0 = v128.load(p, 32)
    b1 = v128.load(p, 48)
    t = v128.load32_splat(x, 4)
    c00 = addDot(t, b0, c00)
    c01 = addDot(t, b1, c01)
    t = v128.load32_splat(y, 4)
    c10 = addDot(t, b0, c10)
    c11 = addDot(t, b1, c11)
    t = v128.load32_splat(z, 4)
    c20 = addDot(t, b0, c20)
    c21 = addDot(t, b1, c21)
    t = v128.load32_splat(w, 4)
    c30 = addDot(t, b0, c30)
    c31 = addDot(t, b1, c31)
    b0 = v128.load(p, 64)
    b1 = v128.load(p, 80)
    t = v128.load32_splat(x, 8)
    c00 = addDot(t, b0, c00)
    c01 = addDot(t, b1, c01)
    t = v128.load32_splat(y, 8)
    c10 = addDot(t, b0, c10)
    c11 = addDot(t, b1, c11)
    t = v128.load32_splat(z, 8)
    c20 = addDot(t, b0, c20)
    c21 = addDot(t, b1, c21)
    t = v128.load32_splat(w, 8)
    c30 = addDot(t, b0, c30)
    c31 = addDot(t, b1, c31)
    b0 = v128.load(p, 96)
    b1 = v128.load(p, 112)
    t = v128.load32_splat(x, 12)
    c00 = addDot(t, b0, c00)
    c01 = addDot(t, b1, c01)
    t = v128.load32_splat(y, 12)
    c10 = addDot(t, b0, c10)
    c11 = addDot(t, b1, c11)
    t = v128.load32_splat(z, 12)
    c20 = addDot(t, b0, c20)
    c21 = addDot(t, b1, c21)
    t = v128.load32_splat(w, 12)
    c30 = addDot(t, b0, c30)
    c31 = addDot(t, b1, c31)
    x += 16
    y += 16
    z += 16
    w += 16
  }
  storeCoarse(out, c00, c01)
  storeCoarse(out + row, c10, c11)
  storeCoarse(out + row * 2, c20, c21)
  storeCoarse(out + row * 3, c30, c31)
}

@inline
function storeCoarse(out: usize, left: v128, right: v128): void {
  v128.store(out, i16x8.narrow_i32x4_s(i32x4.shr_s(left, SHIFT), i32x4.shr_s(right, SHIFT)))
}

@inline
function pick(all: usize, pool: usize, out: usize, S: i32): void {
  for (const end = pool + (<usize>S << 2); pool < end; pool += 4) {
    store<i16>(out, load<i16>(all + (<usize>load<u32>(pool) << 1)))
    out += 2
  }
}

/**
 * Places whose coarse score comes within `margin` of the k-th best, ascending, and their items.
 * @returns how many
 */
@inline
function candidates(
  scores: usize, S: i32, k: i32, margin: i32, pool: usize, places: usize, items: usize,
): i32 {
  // half as many groups again as places, and some: then few scores beyond the k best reach the bound
  const groups = (k + (k >> 1) + 15) & ~7
  const bound = max(kthOfMaxima(scores, S, k, groups, places) - margin, -32768)
  const threshold = i16x8.splat(<i16>bound)
  let found = 0
  let i = 0
  for (; i + 16 <= S; i += 16) {
    const p = scores + (<usize>i << 1)
    const left = i16x8.ge_s(v128.load(p), threshold)
    const right = i16x8.ge_s(v128.load(p, 16), threshold)
    if (!v128.any_true(v128.or(left, right))) continue
    let mask = i8x16.bitmask(i8x16.narrow_i16x8_s(left, right))
    while (mask) {
      const place = i + ctz(mask)
      mask &= mask - 1
      found = note(place, pool, places, items, found)
    }
  }
  for (; i < S; i++) {
    if (<i32>load<i16>(scores + (<usize>i << 1)) >= bound) {
      found = note(i, pool, places, items, found)
    }
  }
  return found
}

@inline
function note(place: i32, pool: usize, places: usize, items: usize, found: i32): i32 {
  const at = <usize>found << 2
  store<i32>(places + at, place)
  store<i32>(items + at, pool ? load<i32>(pool + (<usize>place << 2)) : place)
  return found + 1
}

/** About the k-th largest of the maxima of `groups` groups: at least k scores are as large. */
@inline
function kthOfMaxima(scores: usize, S: i32, k: i32, groups: i32, maxima: usize): i32 {
  const bytes = <usize>groups << 1
  const end = scores + (<usize>min(S, groups * 64) << 1)
  memory.copy(maxima, scores, bytes)
  for (let p = scores + bytes; p + bytes <= end; p += bytes) {
    for (let t: usize = 0; t < bytes; t += 16) {
      v128.store(maxima + t, i16x8.max_s(v128.load(maxima + t), v128.load(p + t)))
    }
  }
  // between a value that all maxima reach and one that none does, to 1/256 of the way
  let low = i16x8.splat(32767)
  let high = i16x8.splat(-32768)
  for (let t: usize = 0; t < bytes; t += 16) {
    low = i16x8.min_s(low, v128.load(maxima + t))
    high = i16x8.max_s(high, v128.load(maxima + t))
  }
  let bound = leastOf(low)
  let above = -leastOf(i16x8.sub(i16x8.splat(-1), high))
  for (let step = 0; step < 8 && above - bound > 1; step++) {
    const middle = (bound + above) >> 1
    const x = i16x8.splat(<i16>middle)
    let atLeast = 0
    for (let t: usize = 0; t < bytes; t += 16) {
      atLeast += popcnt(i16x8.bitmask(i16x8.ge_s(v128.load(maxima + t), x)))
    }
    if (atLeast >= k) bound = middle
    else above = middle
  }
  return bound
}

@inline
function leastOf(v: v128): i32 {
  v = i16x8.min_s(v, v128.shuffle<i16>(v, v, 4, 5, 6, 7, 0, 1, 2, 3))
  v = i16x8.min_s(v, v128.shuffle<i16>(v, v, 2, 3, 0, 1, 6, 7, 4, 5))
  return min(<i32>i16x8.extract_lane_s(v, 0), <i32>i16x8.extract_lane_s(v, 1))
}

/** The k best of the candidates by their scores in full; `scores` and what follows is scratch. */
@inline
function best(
  u: usize, P: usize, places: usize, items: usize, scores: usize, out: usize, found: i32, H: i32, k: i32,
): void {
  dotPools(u, P, items, scores, 1, found, H)
  const bytes = <usize>found << 2
  const padded = <usize>((found + 3) & ~3) << 2
  if (found > COUNTED) {
    topK(scores, 1, found, k, items, scores + padded)
    for (let j: usize = 0; j < <usize>k << 2; j += 4) {
      store<i32>(out + j, load<i32>(places + (<usize>load<u32>(items + j) << 2)))
    }
    return
  }
  for (let t = bytes; t < padded; t += 4) store<f32>(scores + t, -Infinity)
  for (let j: usize = 0; j < <usize>k << 2; j += 4) store<i32>(out + j, -1)
  for (let c: usize = 0; c < bytes; c += 4) {
    const x = v128.load_splat<f32>(scores + c)
    let above = i32x4.splat(0)
    for (let t: usize = 0; t < padded; t += 16) {
      above = i32x4.sub(above, f32x4.gt(v128.load(scores + t), x))
    }
    let place =
      i32x4.extract_lane(above, 0) + i32x4.extract_lane(above, 1) +
      i32x4.extract_lane(above, 2) + i32x4.extract_lane(above, 3)
    // behind those of the same score that came before
    while (place < k && load<i32>(out + (<usize>place << 2)) >= 0) place++
    if (place < k) store<i32>(out + (<usize>place << 2), load<i32>(places + c))
  }
}
