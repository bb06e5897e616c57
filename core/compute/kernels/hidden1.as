// One hidden layer on a split first layer: score = relu(u + p)·w + b, summed as in dot.as.
import { madd, sumLanes, sumLanes4 } from './dot'

@inline
function rectify(v: v128): v128 {
  return f32x4.pmax(v, f32x4.splat(0))
}

@inline
function finish(sum: f32, u: usize, p: usize, w: usize, from: usize, end: usize): f32 {
  for (let k = from; k < end; k += 4) {
    const h = load<f32>(u + k) + load<f32>(p + k)
    sum += (h < 0 ? 0 : h) * load<f32>(w + k)
  }
  return sum
}

@inline
function one(u: usize, p: usize, w: usize, bytes: usize, bias: f32): f32 {
  const whole = bytes & ~15
  let sum = f32x4.splat(0)
  for (let k: usize = 0; k < whole; k += 16) {
    const h = rectify(f32x4.add(v128.load(u + k), v128.load(p + k)))
    sum = madd(h, v128.load(w + k), sum)
  }
  return finish(sumLanes(sum), u, p, w, whole, bytes) + bias
}

@inline
function four(
  u: usize, p0: usize, p1: usize, p2: usize, p3: usize, w: usize,
  bytes: usize, bias: f32, out: usize,
): void {
  const whole = bytes & ~15
  let s0 = f32x4.splat(0)
  let s1 = s0, s2 = s0, s3 = s0
  for (let k: usize = 0; k < whole; k += 16) {
    const x = v128.load(u + k)
    const y = v128.load(w + k)
    s0 = madd(rectify(f32x4.add(x, v128.load(p0 + k))), y, s0)
    s1 = madd(rectify(f32x4.add(x, v128.load(p1 + k))), y, s1)
    s2 = madd(rectify(f32x4.add(x, v128.load(p2 + k))), y, s2)
    s3 = madd(rectify(f32x4.add(x, v128.load(p3 + k))), y, s3)
  }
  let sums = sumLanes4(s0, s1, s2, s3)
  if (whole < bytes) {
    sums = f32x4(
      finish(f32x4.extract_lane(sums, 0), u, p0, w, whole, bytes),
      finish(f32x4.extract_lane(sums, 1), u, p1, w, whole, bytes),
      finish(f32x4.extract_lane(sums, 2), u, p2, w, whole, bytes),
      finish(f32x4.extract_lane(sums, 3), u, p3, w, whole, bytes),
    )
  }
  v128.store(out, f32x4.add(sums, f32x4.splat(bias)))
}

/** out[r, i] for all R rows of U [R, H] and N rows of P [N, H]; w [H], b: one number; out [R, N]. */
export function hidden1All(
  U: usize, P: usize, w: usize, b: usize, out: usize, R: i32, N: i32, H: i32,
): void {
  const bytes = <usize>H << 2
  const bias = load<f32>(b)
  // a block of items stays in the first-level cache while the users pass by
  for (let first = 0; first < N; first += 32) {
    const last = min(first + 32, N)
    for (let r = 0; r < R; r++) {
      const u = U + <usize>r * bytes
      let p = P + <usize>first * bytes
      let o = out + (<usize>(r * N + first) << 2)
      let i = first
      for (; i + 4 <= last; i += 4) {
        four(u, p, p + bytes, p + bytes * 2, p + bytes * 3, w, bytes, bias, o)
        p += bytes << 2
        o += 16
      }
      for (; i < last; i++) {
        store<f32>(o, one(u, p, w, bytes, bias))
        p += bytes
        o += 4
      }
    }
  }
}

/** out[r, s] for the items pools[r, s]; pools and out [R, S]. */
export function hidden1Pools(
  U: usize, P: usize, w: usize, b: usize, pools: usize, out: usize, R: i32, S: i32, H: i32,
): void {
  const bytes = <usize>H << 2
  const bias = load<f32>(b)
  for (let r = 0; r < R; r++) {
    let s = 0
    for (; s + 4 <= S; s += 4) {
      four(
        U,
        P + <usize>load<u32>(pools) * bytes,
        P + <usize>load<u32>(pools, 4) * bytes,
        P + <usize>load<u32>(pools, 8) * bytes,
        P + <usize>load<u32>(pools, 12) * bytes,
        w, bytes, bias, out,
      )
      pools += 16
      out += 16
    }
    for (; s < S; s++) {
      store<f32>(out, one(U, P + <usize>load<u32>(pools) * bytes, w, bytes, bias))
      pools += 4
      out += 4
    }
    U += bytes
  }
}
