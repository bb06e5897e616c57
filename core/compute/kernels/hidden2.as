// Two hidden layers on a split first layer: score = relu(relu(u + p)·V + c)·w + b. Four items at a
// time: their first layer goes to scratch, the second meets the packed V, and the third is taken
// from the registers, so that no layer of the whole pool is ever written.
import { madd, sumLanes4 } from './dot'

/** Bytes of a panel per k: eight float32. */
const ROW: usize = 32

@inline
function firstLayer(u: usize, p: usize, bytes: usize, out: usize): void {
  const whole = bytes & ~15
  let k: usize = 0
  for (; k < whole; k += 16) {
    v128.store(out + k, f32x4.pmax(f32x4.add(v128.load(u + k), v128.load(p + k)), f32x4.splat(0)))
  }
  for (; k < bytes; k += 4) {
    const h = load<f32>(u + k) + load<f32>(p + k)
    store<f32>(out + k, h < 0 ? 0 : h)
  }
}

/**
 * V: panels of `packColumns` [⌈G/8⌉][H][8]; c and w: filled up with zeros to panels · 8 numbers;
 * pools [R, S], or 0 when S = N and every user meets all items; out [R, S].
 * scratch: 4·H + 32 numbers.
 */
export function hidden2(
  U: usize, P: usize, V: usize, c: usize, w: usize, b: usize, pools: usize, out: usize,
  R: i32, S: i32, H: i32, panels: i32, scratch: usize,
): void {
  const bytes = <usize>H << 2
  const bias = v128.load_splat<f32>(b)
  const zero = f32x4.splat(0)
  const h0 = scratch
  const h1 = h0 + bytes
  const h2 = h1 + bytes
  const h3 = h2 + bytes
  const sums = h3 + bytes
  for (let r = 0; r < R; r++) {
    for (let s = 0; s < S; s += 4) {
      const left = S - s
      for (let t = 0; t < 4; t++) {
        // a last group of fewer than four repeats its last item
        const at = s + min(t, left - 1)
        const item = pools ? <usize>load<u32>(pools + (<usize>at << 2)) : <usize>at
        firstLayer(U, P + item * bytes, bytes, h0 + <usize>t * bytes)
      }
      for (let t: usize = 0; t < 128; t += 16) v128.store(sums + t, zero)
      let v = V
      for (let panel = 0; panel < panels; panel++) {
        const shift = <usize>panel << 5
        const bias0 = v128.load(c + shift)
        const bias1 = v128.load(c + shift, 16)
        let c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1
        let c20 = bias0, c21 = bias1, c30 = bias0, c31 = bias1
        let x = h0, y = h1, z = h2, q = h3
        let k = H
        for (; k >= 4; k -= 4) {
          let b0 = v128.load(v)
          let b1 = v128.load(v, 16)
          let t = v128.load_splat<f32>(x)
          c00 = madd(t, b0, c00)
          c01 = madd(t, b1, c01)
          t = v128.load_splat<f32>(y)
          c10 = madd(t, b0, c10)
          c11 = madd(t, b1, c11)
          t = v128.load_splat<f32>(z)
          c20 = madd(t, b0, c20)
          c21 = madd(t, b1, c21)
          t = v128.load_splat<f32>(q)
          c30 = madd(t, b0, c30)
          c31 = madd(t, b1, c31)
          b0 = v128.load(v, 32)
          b1 = v128.load(v, 48)
          t = v128.load_splat<f32>(x, 4)
          c00 = madd(t, b0, c00)
          c01 = madd(t, b1, c01)
          t = v128.load_splat<f32>(y, 4)
          c10 = madd(t, b0, c10)
          c11 = madd(t, b1, c11)
          t = v128.load_splat<f32>(z, 4)
          c20 = madd(t, b0, c20)
          c21 = madd(t, b1, c21)
          t = v128.load_splat<f32>(q, 4)
          c30 = madd(t, b0, c30)
          c31 = madd(t, b1, c31)
          b0 = v128.load(v, 64)
          b1 = v128.load(v, 80)
          t = v128.load_splat<f32>(x, 8)
          c00 = madd(t, b0, c00)
          c01 = madd(t, b1, c01)
          t = v128.load_splat<f32>(y, 8)
          c10 = madd(t, b0, c10)
          c11 = madd(t, b1, c11)
          t = v128.load_splat<f32>(z, 8)
          c20 = madd(t, b0, c20)
          c21 = madd(t, b1, c21)
          t = v128.load_splat<f32>(q, 8)
          c30 = madd(t, b0, c30)
          c31 = madd(t, b1, c31)
          b0 = v128.load(v, 96)
          b1 = v128.load(v, 112)
          t = v128.load_splat<f32>(x, 12)
          c00 = madd(t, b0, c00)
          c01 = madd(t, b1, c01)
          t = v128.load_splat<f32>(y, 12)
          c10 = madd(t, b0, c10)
          c11 = madd(t, b1, c11)
          t = v128.load_splat<f32>(z, 12)
          c20 = madd(t, b0, c20)
          c21 = madd(t, b1, c21)
          t = v128.load_splat<f32>(q, 12)
          c30 = madd(t, b0, c30)
          c31 = madd(t, b1, c31)
          v += ROW * 4
          x += 16
          y += 16
          z += 16
          q += 16
        }
        for (; k > 0; k--) {
          const b0 = v128.load(v)
          const b1 = v128.load(v, 16)
          v += ROW
          let t = v128.load_splat<f32>(x)
          c00 = madd(t, b0, c00)
          c01 = madd(t, b1, c01)
          x += 4
          t = v128.load_splat<f32>(y)
          c10 = madd(t, b0, c10)
          c11 = madd(t, b1, c11)
          y += 4
          t = v128.load_splat<f32>(z)
          c20 = madd(t, b0, c20)
          c21 = madd(t, b1, c21)
          z += 4
          t = v128.load_splat<f32>(q)
          c30 = madd(t, b0, c30)
          c31 = madd(t, b1, c31)
          q += 4
        }
        const w0 = v128.load(w + shift)
        const w1 = v128.load(w + shift, 16)
        addOutput(sums, c00, c01, w0, w1)
        addOutput(sums + 32, c10, c11, w0, w1)
        addOutput(sums + 64, c20, c21, w0, w1)
        addOutput(sums + 96, c30, c31, w0, w1)
      }
      const scores = f32x4.add(
        sumLanes4(joined(sums), joined(sums + 32), joined(sums + 64), joined(sums + 96)),
        bias,
      )
      if (left >= 4) {
        v128.store(out, scores)
      } else {
        store<f32>(out, f32x4.extract_lane(scores, 0))
        if (left > 1) store<f32>(out, f32x4.extract_lane(scores, 1), 4)
        if (left > 2) store<f32>(out, f32x4.extract_lane(scores, 2), 8)
      }
      out += <usize>min(left, 4) << 2
    }
    if (pools) pools += <usize>S << 2
    U += bytes
  }
}

@inline
function addOutput(sums: usize, c0: v128, c1: v128, w0: v128, w1: v128): void {
  const zero = f32x4.splat(0)
  v128.store(sums, madd(f32x4.pmax(c0, zero), w0, v128.load(sums)))
  v128.store(sums, madd(f32x4.pmax(c1, zero), w1, v128.load(sums, 16)), 16)
}

@inline
function joined(sums: usize): v128 {
  return f32x4.add(v128.load(sums), v128.load(sums, 16))
}
