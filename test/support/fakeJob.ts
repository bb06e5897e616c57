import { jobContract } from '#core/jobContract'
import { serve } from '#core/rpc/serve'
import { systemClock } from '#electron/systemClock'
import { nodeWire } from '#electron/wire/process'
import { fakeHandlers } from './fakeRun.ts'

// The entry of a job process that computes nothing: for tests of what is around it.
const wire = nodeWire(process)
wire.onClose(() => process.exit(0))
serve(jobContract, fakeHandlers(), wire, { clock: systemClock })
