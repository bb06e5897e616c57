import { flushCompileCache } from 'node:module'
import { jobContract } from '#core/jobContract'
import { serve } from '#core/rpc/serve'
import type { Wire } from '#core/rpc/wire'
import { systemClock } from '../systemClock.ts'
import { nodeWire, parentPortWire, type ParentPortChannel } from '../wire/process.ts'
import { jobHandlers } from './jobHandlers.ts'

// The entry of a job process. It lives as long as its host's channel.
const { parentPort } = process as { readonly parentPort?: ParentPortChannel }
const wire: Wire = parentPort ? parentPortWire(parentPort) : nodeWire(process)
wire.onClose(() => process.exit(0))
// a Ctrl+C in the terminal is meant for the host, which then pauses what runs here
process.on('SIGINT', () => undefined)
serve(jobContract, jobHandlers(), wire, { clock: systemClock })
// a job process is killed rather than left to end, which is when Node would write its cache
flushCompileCache()
