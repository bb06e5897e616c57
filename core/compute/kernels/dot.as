// Products of rows with rows. Lane l of a sum runs over k ≡ l (mod 4), the lanes are added as
// (0 + 2) + (1 + 3) and the rest of k follows: one formula in every tile, so a product's bits do not
// depend on the tile that it falls into. Loops are unrolled by hand, for offsets cost nothing and
// additions to six pointers do.

@inline
export function madd(a: v128, b: v128, sum: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), sum)
}

@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) +
    (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3))
  )
}

/** The lane sums of four vectors, in the order of `sumLanes`. */
@inline
export function sumLanes4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** Adds the products of the numbers from `from` to `end`, fewer than four, to a sum. */
@inline
function finish(sum: f32, u: usize, p: usize, from: usize, end: usize): f32 {
  for (let k = from; k < end; k += 4) sum += load<f32>(u + k) * load<f32>(p + k)
  return sum
}

@inline
function one(u: usize, p: usize, bytes: usize, bias: f32): f32 {
  const whole = bytes & ~15
  let sum = f32x4.splat(0)
  for (let k: usize = 0; k < whole; k += 16) sum = madd(v128.load(u + k), v128.load(p + k), sum)
  return finish(sumLanes(sum), u, p, whole, bytes) + bias
}

/** One row u times the four rows p0 … p3. */
@inline
function four(
  u: usize, p0: usize, p1: usize, p2: usize, p3: usize, bytes: usize, bias: f32, out: usize,
): void {
  const whole = bytes & ~15
  const unrolled = bytes & ~63
  let s0 = f32x4.splat(0)
  let s1 = s0, s2 = s0, s3 = s0
  let p = p0, q = p1, r = p2, t = p3
  const start = u
  for (const end = u + unrolled; u < end; u += 64) {
    let x = v128.load(u)
    s0 = madd(x, v128.load(p), s0)
    s1 = madd(x, v128.load(q), s1)
    s2 = madd(x, v128.load(r), s2)
    s3 = madd(x, v128.load(t), s3)
    x = v128.load(u, 16)
    s0 = madd(x, v128.load(p, 16), s0)
    s1 = madd(x, v128.load(q, 16), s1)
    s2 = madd(x, v128.load(r, 16), s2)
    s3 = madd(x, v128.load(t, 16), s3)
    x = v128.load(u, 32)
    s0 = madd(x, v128.load(p, 32), s0)
    s1 = madd(x, v128.load(q, 32), s1)
    s2 = madd(x, v128.load(r, 32), s2)
    s3 = madd(x, v128.load(t, 32), s3)
    x = v128.load(u, 48)
    s0 = madd(x, v128.load(p, 48), s0)
    s1 = madd(x, v128.load(q, 48), s1)
    s2 = madd(x, v128.load(r, 48), s2)
    s3 = madd(x, v128.load(t, 48), s3)
    p += 64
    q += 64
    r += 64
    t += 64
  }
  for (const end = start + whole; u < end; u += 16) {
    const x = v128.load(u)
    s0 = madd(x, v128.load(p), s0)
    s1 = madd(x, v128.load(q), s1)
    s2 = madd(x, v128.load(r), s2)
    s3 = madd(x, v128.load(t), s3)
    p += 16
    q += 16
    r += 16
    t += 16
  }
  store4(sumLanes4(s0, s1, s2, s3), start, p0, p1, p2, p3, whole, bytes, bias, out)
}

@inline
function store4(
  sums: v128, u: usize, p0: usize, p1: usize, p2: usize, p3: usize,
  whole: usize, bytes: usize, bias: f32, out: usize,
): void {
  if (whole < bytes) {
    sums = f32x4(
      finish(f32x4.extract_lane(sums, 0), u, p0, whole, bytes),
      finish(f32x4.extract_lane(sums, 1), u, p1, whole, bytes),
      finish(f32x4.extract_lane(sums, 2), u, p2, whole, bytes),
      finish(f32x4.extract_lane(sums, 3), u, p3, whole, bytes),
    )
  }
  v128.store(out, f32x4.add(sums, f32x4.splat(bias)))
}

/**
 * out[r, i] = U[r]·P[i] + bias for all R rows of U [R, H] and N rows of P [N, H]; out [R, N].
 * Items outside, users inside: P streams through once, U stays in the cache.
 */
export function dotAll(
  U: usize, P: usize, out: usize, R: i32, N: i32, H: i32, bias: f32,
): void {
  const bytes = <usize>H << 2
  const whole = bytes & ~15
  const unrolled = bytes & ~63
  const outRow = <usize>N << 2
  let i = 0
  for (; i + 4 <= N; i += 4) {
    const p0 = P + <usize>i * bytes
    const p1 = p0 + bytes
    const p2 = p1 + bytes
    const p3 = p2 + bytes
    let u = U
    let o = out + (<usize>i << 2)
    let r = 0
    for (; r + 2 <= R; r += 2) {
      const w = u + bytes
      let a0 = f32x4.splat(0)
      let a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0
      let f = u, g = w, p = p0, q = p1, s = p2, t = p3
      for (const end = u + unrolled; f < end; f += 64) {
        let x = v128.load(f)
        let y = v128.load(g)
        let z = v128.load(p)
        a0 = madd(x, z, a0)
        b0 = madd(y, z, b0)
        z = v128.load(q)
        a1 = madd(x, z, a1)
        b1 = madd(y, z, b1)
        z = v128.load(s)
        a2 = madd(x, z, a2)
        b2 = madd(y, z, b2)
        z = v128.load(t)
        a3 = madd(x, z, a3)
        b3 = madd(y, z, b3)
        x = v128.load(f, 16)
        y = v128.load(g, 16)
        z = v128.load(p, 16)
        a0 = madd(x, z, a0)
        b0 = madd(y, z, b0)
        z = v128.load(q, 16)
        a1 = madd(x, z, a1)
        b1 = madd(y, z, b1)
        z = v128.load(s, 16)
        a2 = madd(x, z, a2)
        b2 = madd(y, z, b2)
        z = v128.load(t, 16)
        a3 = madd(x, z, a3)
        b3 = madd(y, z, b3)
        x = v128.load(f, 32)
        y = v128.load(g, 32)
        z = v128.load(p, 32)
        a0 = madd(x, z, a0)
        b0 = madd(y, z, b0)
        z = v128.load(q, 32)
        a1 = madd(x, z, a1)
        b1 = madd(y, z, b1)
        z = v128.load(s, 32)
        a2 = madd(x, z, a2)
        b2 = madd(y, z, b2)
        z = v128.load(t, 32)
        a3 = madd(x, z, a3)
        b3 = madd(y, z, b3)
        x = v128.load(f, 48)
        y = v128.load(g, 48)
        z = v128.load(p, 48)
        a0 = madd(x, z, a0)
        b0 = madd(y, z, b0)
        z = v128.load(q, 48)
        a1 = madd(x, z, a1)
        b1 = madd(y, z, b1)
        z = v128.load(s, 48)
        a2 = madd(x, z, a2)
        b2 = madd(y, z, b2)
        z = v128.load(t, 48)
        a3 = madd(x, z, a3)
        b3 = madd(y, z, b3)
        g += 64
        p += 64
        q += 64
        s += 64
        t += 64
      }
      for (const end = u + whole; f < end; f += 16) {
        let x = v128.load(f)
        let y = v128.load(g)
        let z = v128.load(p)
        a0 = madd(x, z, a0)
        b0 = madd(y, z, b0)
        z = v128.load(q)
        a1 = madd(x, z, a1)
        b1 = madd(y, z, b1)
        z = v128.load(s)
        a2 = madd(x, z, a2)
        b2 = madd(y, z, b2)
        z = v128.load(t)
        a3 = madd(x, z, a3)
        b3 = madd(y, z, b3)
        g += 16
        p += 16
        q += 16
        s += 16
        t += 16
      }
      store4(sumLanes4(a0, a1, a2, a3), u, p0, p1, p2, p3, whole, bytes, bias, o)
      store4(sumLanes4(b0, b1, b2, b3), w, p0, p1, p2, p3, whole, bytes, bias, o + outRow)
      u = w + bytes
      o += outRow << 1
    }
    if (r < R) four(u, p0, p1, p2, p3, bytes, bias, o)
  }
  for (; i < N; i++) {
    const p = P + <usize>i * bytes
    for (let r = 0; r < R; r++) {
      store<f32>(
        out + <usize>r * outRow + (<usize>i << 2),
        one(U + <usize>r * bytes, p, bytes, bias),
      )
    }
  }
}

/** out[r, s] = U[r]·P[pools[r, s]]; pools and out [R, S]. */
export function dotPools(
  U: usize, P: usize, pools: usize, out: usize, R: i32, S: i32, H: i32,
): void {
  const bytes = <usize>H << 2
  for (let r = 0; r < R; r++) {
    let s = 0
    for (; s + 4 <= S; s += 4) {
      four(
        U,
        P + <usize>load<u32>(pools) * bytes,
        P + <usize>load<u32>(pools, 4) * bytes,
        P + <usize>load<u32>(pools, 8) * bytes,
        P + <usize>load<u32>(pools, 12) * bytes,
        bytes, 0, out,
      )
      pools += 16
      out += 16
    }
    for (; s < S; s++) {
      store<f32>(out, one(U, P + <usize>load<u32>(pools) * bytes, bytes, 0))
      pools += 4
      out += 4
    }
    U += bytes
  }
}

/** out[r, s] = all[r, pools[r, s]]; all [R, N], pools and out [R, S]. */
export function pickPools(all: usize, pools: usize, out: usize, R: i32, S: i32, N: i32): void {
  for (let r = 0; r < R; r++) {
    for (let s = 0; s < S; s++) {
      store<f32>(out, load<f32>(all + (<usize>load<u32>(pools) << 2)))
      pools += 4
      out += 4
    }
    all += <usize>N << 2
  }
}
