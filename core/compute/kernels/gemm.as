// Matrix products. Every output is one sum over k from 0 upwards that starts at the bias, so its bits
// depend neither on the block it falls into nor on the number of rows of the call.
import { madd } from './dot'

/** Bytes of a panel per k: eight float32. */
const ROW: usize = 32

/** b(k, n) = B[k·rs + n·cs] → panels of eight columns, [⌈N/8⌉][K][8], filled up with zeros. */
export function packColumns(
  B: usize, rs: usize, cs: usize, out: usize, K: i32, N: i32,
): void {
  rs <<= 2
  cs <<= 2
  for (let j = 0; j < N; j += 8) {
    const columns = min(8, N - j)
    let from = B + <usize>j * cs
    if (columns == 8 && cs == 4) {
      for (let k = 0; k < K; k++) {
        v128.store(out, v128.load(from))
        v128.store(out, v128.load(from, 16), 16)
        from += rs
        out += ROW
      }
    } else if (columns == 8 && rs == 4) {
      out = packTransposed(from, cs, out, K)
    } else {
      for (let k = 0; k < K; k++) {
        for (let t = 0; t < 8; t++) {
          const value: f32 = t < columns ? load<f32>(from + <usize>t * cs) : 0
          store<f32>(out + (<usize>t << 2), value)
        }
        from += rs
        out += ROW
      }
    }
  }
}

/** Eight rows of K contiguous numbers, `stride` bytes apart, → [K][8]; returns the end of the panel. */
@inline
function packTransposed(from: usize, stride: usize, out: usize, K: i32): usize {
  let k = 0
  const second = from + (stride << 2)
  for (; k + 4 <= K; k += 4) {
    transpose4(from + (<usize>k << 2), stride, out, ROW)
    transpose4(second + (<usize>k << 2), stride, out + 16, ROW)
    out += ROW * 4
  }
  for (; k < K; k++) {
    let p = from + (<usize>k << 2)
    for (let t = 0; t < 8; t++) {
      store<f32>(out + (<usize>t << 2), load<f32>(p))
      p += stride
    }
    out += ROW
  }
  return out
}

/** A [rows, columns] → its transpose [columns, rows], both row-major. */
export function transpose(A: usize, out: usize, rows: i32, columns: i32): void {
  const from = <usize>columns << 2
  const to = <usize>rows << 2
  let i = 0
  for (; i + 4 <= rows; i += 4) {
    const a = A + <usize>i * from
    const o = out + (<usize>i << 2)
    let j = 0
    for (; j + 4 <= columns; j += 4) {
      transpose4(a + (<usize>j << 2), from, o + <usize>j * to, to)
    }
    for (; j < columns; j++) {
      for (let t = 0; t < 4; t++) {
        store<f32>(
          o + <usize>j * to + (<usize>t << 2),
          load<f32>(a + <usize>t * from + (<usize>j << 2)),
        )
      }
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      store<f32>(
        out + <usize>j * to + (<usize>i << 2),
        load<f32>(A + <usize>i * from + (<usize>j << 2)),
      )
    }
  }
}

/** Four rows of four numbers, `stride` bytes apart, → columns, `row` bytes apart. */
@inline
function transpose4(from: usize, stride: usize, out: usize, row: usize): void {
  const a = v128.load(from)
  const b = v128.load(from + stride)
  const c = v128.load(from + stride * 2)
  const d = v128.load(from + stride * 3)
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5))
  v128.store(out + row, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7))
  v128.store(out + row * 2, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5))
  v128.store(out + row * 3, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7))
}

/**
 * C = relu?(A·B + bias), A [M, K] and C [M, N] row-major, B in the panels of `packColumns`.
 * bias: N numbers, or 0 for none.
 */
export function gemm(
  A: usize, B: usize, bias: usize, C: usize, M: i32, N: i32, K: i32, relu: i32,
): void {
  const aRow = <usize>K << 2
  const cRow = <usize>N << 2
  const panel = <usize>K * ROW
  // 96 rows of A stay in the cache while the panels of B pass by
  for (let first = 0; first < M; first += 96) {
    const last = min(first + 96, M)
    let b = B
    for (let j = 0; j < N; j += 8) {
      const columns = min(8, N - j)
      let bias0 = f32x4.splat(0)
      let bias1 = bias0
      if (bias) {
        const q = bias + (<usize>j << 2)
        bias0 = loadPart(q, columns)
        bias1 = loadPart(q + 16, columns - 4)
      }
      let a = A + <usize>first * aRow
      let c = C + <usize>first * cRow + (<usize>j << 2)
      let i = first
      for (; i + 4 <= last; i += 4) {
        fourRows(a, aRow, b, K, bias0, bias1, c, cRow, columns, relu)
        a += aRow << 2
        c += cRow << 2
      }
      for (; i < last; i++) {
        oneRow(a, b, K, bias0, bias1, c, columns, relu)
        a += aRow
        c += cRow
      }
      b += panel
    }
  }
}

// Unrolled by hand: one step per turn leaves a fifth of the speed to the loop's own work.
@inline
function fourRows(
  x: usize, aRow: usize, p: usize, K: i32, bias0: v128, bias1: v128,
  c: usize, cRow: usize, columns: i32, relu: i32,
): void {
  let y = x + aRow
  let z = y + aRow
  let w = z + aRow
  let c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1
  let c20 = bias0, c21 = bias1, c30 = bias0, c31 = bias1
  let k = K
  for (; k >= 4; k -= 4) {
    let b0 = v128.load(p)
    let b1 = v128.load(p, 16)
    let t = v128.load_splat<f32>(x)
    c00 = madd(t, b0, c00)
    c01 = madd(t, b1, c01)
    t = v128.load_splat<f32>(y)
    c10 = madd(t, b0, c10)
    c11 = madd(t, b1, c11)
    t = v128.load_splat<f32>(z)
    c20 = madd(t, b0, c20)
    c21 = madd(t, b1, c21)
    t = v128.load_splat<f32>(w)
    c30 = madd(t, b0, c30)
    c31 = madd(t, b1, c31)
    b0 = v128.load(p, 32)
    b1 = v128.load(p, 48)
    t = v128.load_splat<f32>(x, 4)
    c00 = madd(t, b0, c00)
    c01 = madd(t, b1, c01)
    t = v128.load_splat<f32>(y, 4)
    c10 = madd(t, b0, c10)
    c11 = madd(t, b1, c11)
    t = v128.load_splat<f32>(z, 4)
    c20 = madd(t, b0, c20)
    c21 = madd(t, b1, c21)
    t = v128.load_splat<f32>(w, 4)
    c30 = madd(t, b0, c30)
    c31 = madd(t, b1, c31)
    b0 = v128.load(p, 64)
    b1 = v128.load(p, 80)
    t = v128.load_splat<f32>(x, 8)
    c00 = madd(t, b0, c00)
    c01 = madd(t, b1, c01)
    t = v128.load_splat<f32>(y, 8)
    c10 = madd(t, b0, c10)
    c11 = madd(t, b1, c11)
    t = v128.load_splat<f32>(z, 8)
    c20 = madd(t, b0, c20)
    c21 = madd(t, b1, c21)
    t = v128.load_splat<f32>(w, 8)
    c30 = madd(t, b0, c30)
    c31 = madd(t, b1, c31)
    b0 = v128.load(p, 96)
    b1 = v128.load(p, 112)
    t = v128.load_splat<f32>(x, 12)
    c00 = madd(t, b0, c00)
    c01 = madd(t, b1, c01)
    t = v128.load_splat<f32>(y, 12)
    c10 = madd(t, b0, c10)
    c11 = madd(t, b1, c11)
    t = v128.load_splat<f32>(z, 12)
    c20 = madd(t, b0, c20)
    c21 = madd(t, b1, c21)
    t = v128.load_splat<f32>(w, 12)
    c30 = madd(t, b0, c30)
    c31 = madd(t, b1, c31)
    p += ROW * 4
    x += 16
    y += 16
    z += 16
    w += 16
  }
  for (; k > 0; k--) {
    const b0 = v128.load(p)
    const b1 = v128.load(p, 16)
    p += ROW
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
    t = v128.load_splat<f32>(w)
    c30 = madd(t, b0, c30)
    c31 = madd(t, b1, c31)
    w += 4
  }
  storeRow(c, c00, c01, columns, relu)
  c += cRow
  storeRow(c, c10, c11, columns, relu)
  c += cRow
  storeRow(c, c20, c21, columns, relu)
  c += cRow
  storeRow(c, c30, c31, columns, relu)
}

@inline
function oneRow(
  x: usize, p: usize, K: i32, c0: v128, c1: v128, c: usize, columns: i32, relu: i32,
): void {
  for (let k = 0; k < K; k++) {
    const t = v128.load_splat<f32>(x)
    c0 = madd(t, v128.load(p), c0)
    c1 = madd(t, v128.load(p, 16), c1)
    x += 4
    p += ROW
  }
  storeRow(c, c0, c1, columns, relu)
}

/** The first `count` of four numbers, the others zero; nothing beyond them is read. */
@inline
function loadPart(p: usize, count: i32): v128 {
  if (count >= 4) return v128.load(p)
  let v = f32x4.splat(0)
  if (count > 0) v = f32x4.replace_lane(v, 0, load<f32>(p))
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(p, 4))
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(p, 8))
  return v
}

@inline
function storeRow(c: usize, left: v128, right: v128, columns: i32, relu: i32): void {
  if (relu) {
    // pmax is one instruction, and keeps NaN
    left = f32x4.pmax(left, f32x4.splat(0))
    right = f32x4.pmax(right, f32x4.splat(0))
  }
  if (columns == 8) {
    v128.store(c, left)
    v128.store(c, right, 16)
  } else {
    storePart(c, left, columns)
    storePart(c + 16, right, columns - 4)
  }
}

function storePart(c: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(c, v)
    return
  }
  if (count > 0) store<f32>(c, f32x4.extract_lane(v, 0))
  if (count > 1) store<f32>(c, f32x4.extract_lane(v, 1), 4)
  if (count > 2) store<f32>(c, f32x4.extract_lane(v, 2), 8)
}
