import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OltrMethodId } from '#core/oltr/index'
import type { OltrClicks } from '#core/oltr/reference'

/**
 * Learners of `test/bench/peers/oltr_peer.py` that stand beside ours: numpy, the reference's own array
 * operations one by one, random numbers of its own.
 */
export const oltrPeers = {
  tdDbgd: 'reference tdDbgd',
  pDbgdSampled: 'pDbgd',
  tdMgd: 'reference tdMgd',
  pdgd: 'reference pdgd',
} as const satisfies Partial<Record<OltrMethodId, string>>

const python = process.env['DUELIST_PYTHON'] ?? 'python3'
const peer = fileURLToPath(new URL('../bench/peers/oltr_peer.py', import.meta.url))

/** Held-out nDCG@10 of runs with seeds `from` to `to`; a string says why there are none. */
export function runOltrPeer(
  folder: string,
  method: keyof typeof oltrPeers,
  clicks: OltrClicks,
  impressions: number,
  [from, to]: readonly [number, number],
): readonly number[] | string {
  const args = [peer, folder, `${from}-${to}`, String(impressions), oltrPeers[method], clicks]
  const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' }
  const env = { ...process.env, ...one }
  const { stdout, stderr, error, status } = spawnSync(python, args, { env, encoding: 'utf8' })
  if (error) return error.message
  if (status !== 0) return stderr.trim()
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly ndcg?: number; readonly missing?: string })
  const missing = answers.find((answer) => answer.missing !== undefined)?.missing
  return missing ?? answers.map(({ ndcg }) => ndcg!)
}
