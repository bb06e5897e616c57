import { expect, it } from 'vitest'
import { wirePair } from '#electron/wire/pair'
import { rpcOver } from '../../core/rpc/contractSuite.ts'

rpcOver('a pair', () => {
  const pair = wirePair()
  return { client: pair.left, server: pair.right, close: () => pair.close() }
})

it('copies what it carries, as a process border does', async () => {
  const { left, right } = wirePair()
  const row = { clicks: new Float64Array([1]) }
  const received = new Promise((resolve) => right.onMessage(resolve))
  left.send(row)
  row.clicks[0] = 2
  expect(await received).toEqual({ clicks: new Float64Array([1]) })
  expect(() => left.send(() => 1)).toThrow('could not be cloned')
})
