import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { stackParameters, type DenseLayer } from '#core/compute/denseStack'
import { sample } from '../measure.ts'
import { readNetwork } from '../network.ts'

/** The same work in tfjs as it comes, on its wasm backend; speaks the lines of peer.ts. */
interface Work {
  run(): void
  check(): readonly number[]
}
type Tensors = Readonly<Record<string, tf.Tensor>>

const works: Record<string, (inputs: Tensors, sizes: Record<string, number>) => Work> = {
  adam(inputs) {
    const [x, y] = [inputs['x'] as tf.Tensor2D, inputs['y']!]
    const layers = readNetwork((name) => inputs[name]!)
    const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7)
    const step = (): number => {
      const loss = optimizer.minimize(
        () => forward(x, layers).sub(y).square().mean().asScalar(),
        true,
        stackParameters(layers),
      )!
      const value = loss.dataSync()[0]!
      loss.dispose()
      return value
    }
    return { run: () => void step(), check: () => Array.from({ length: 6 }, step) }
  },
  matmul(inputs, { transposed }) {
    const run = (): tf.Tensor =>
      transposed
        ? tf.matMul(inputs['a']!, inputs['b']!, true)
        : tf.matMul(inputs['a']!, inputs['b']!)
    return {
      run: () => run().dispose(),
      check: () => tf.tidy(() => [...run().dataSync().subarray(0, 8)]),
    }
  },
}

function forward(x: tf.Tensor2D, layers: readonly DenseLayer[]): tf.Tensor2D {
  return layers.reduce((input, { w, b, activation }) => {
    const y = tf.add<tf.Tensor2D>(tf.matMul(input, w), b)
    return activation === 'relu' ? tf.relu(y) : y
  }, x)
}

function readTensors(folder: string): Tensors {
  const shapes = JSON.parse(readFileSync(join(folder, 'shapes.json'), 'utf8')) as Record<
    string,
    number[]
  >
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const bytes = readFileSync(join(folder, `${name}.bin`))
      const values = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      )
      return [name, tf.tensor(values, shape)]
    }),
  )
}

interface Question {
  readonly load?: string
  readonly folder?: string
  readonly sizes?: Record<string, number>
  readonly time?: number
}

const answer = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`)

await tf.setBackend('wasm')
answer({ versions: { tfjs: tf.version['tfjs-core'] } })
let work: Work | undefined
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line) as Question
  const make = question.load === undefined ? undefined : works[question.load]
  if (make) {
    work = make(readTensors(question.folder!), question.sizes!)
    answer({ check: work.check() })
  } else if (work && question.time !== undefined) {
    answer({ sample: await sample(() => work?.run(), question.time) })
  } else {
    answer({ error: `no work ${question.load ?? ''}` })
  }
}
