// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011), the same bits as core/random/philox.ts with
// counter (block, tensor, 0, 0), and the float32 steps of core/compute/perturbation.ts.

const M0: u64 = 0xd2511f53
const M1: u64 = 0xcd9e8d57
const W0: u32 = 0x9e3779b9
const W1: u32 = 0xbb67ae85

/** The four words of one block as signed fractions in [−1, 1): their upper 24 bits times 2⁻²³. */
@inline
function symmetricBlock(block: u32, tensor: u32, key0: u32, key1: u32): v128 {
  let c0 = block
  let c1 = tensor
  let c2: u32 = 0
  let c3: u32 = 0
  for (let round = 0; round < 10; round++) {
    const p0 = M0 * <u64>c0
    const p1 = M1 * <u64>c2
    c0 = <u32>(p1 >> 32) ^ c1 ^ key0
    c1 = <u32>p1
    c2 = <u32>(p0 >> 32) ^ c3 ^ key1
    c3 = <u32>p0
    key0 += W0
    key1 += W1
  }
  const words = i32x4.shr_s(i32x4(<i32>c0, <i32>c1, <i32>c2, <i32>c3), 8)
  return f32x4.mul(f32x4.convert_i32x4_s(words), f32x4.splat(<f32>(1.0 / 8388608.0)))
}

/** out ← w + (alpha·r)·w with one r per weight, or + (alpha·r)·spread when `relative` is 0. */
export function perturbElements(
  w: usize, out: usize, n: i32, tensor: u32, key0: u32, key1: u32,
  alpha: f32, relative: i32, spread: f32,
): void {
  const alphas = f32x4.splat(alpha)
  const spreads = f32x4.splat(spread)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const factor = f32x4.mul(alphas, symmetricBlock(<u32>i >> 2, tensor, key0, key1))
    const weights = v128.load(w)
    const change = f32x4.mul(factor, relative ? weights : spreads)
    v128.store(out, f32x4.add(weights, change))
    w += 16
    out += 16
  }
  if (i == n) return
  const factor = f32x4.mul(alphas, symmetricBlock(<u32>i >> 2, tensor, key0, key1))
  perturbOne(w, out, f32x4.extract_lane(factor, 0), relative, spread)
  if (i + 1 < n) perturbOne(w + 4, out + 4, f32x4.extract_lane(factor, 1), relative, spread)
  if (i + 2 < n) perturbOne(w + 8, out + 8, f32x4.extract_lane(factor, 2), relative, spread)
}

function perturbOne(w: usize, out: usize, factor: f32, relative: i32, spread: f32): void {
  const weight = load<f32>(w)
  store<f32>(out, weight + factor * (relative ? weight : spread))
}

/** out ← w + (alpha·r)·w with one r for the whole tensor */
export function perturbTensor(
  w: usize, out: usize, n: i32, tensor: u32, key0: u32, key1: u32, alpha: f32,
): void {
  const factor = alpha * f32x4.extract_lane(symmetricBlock(0, tensor, key0, key1), 0)
  for (let i = 0; i < n; i++) {
    perturbOne(w, out, factor, 1, 0)
    w += 4
    out += 4
  }
}
