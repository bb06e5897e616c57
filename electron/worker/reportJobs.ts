import type { jobContract } from '#core/jobContract'
import type { Handlers } from '#core/rpc/serve'

type ReportJobs = Pick<
  Handlers<typeof jobContract>,
  'job.report' | 'job.storedReport' | 'job.reportParts' | 'job.reportDraft'
>

const formats = () => import('#core/report/index')
const stored = () => import('#core/report/storedReport')

/** Reports are loaded when one is asked for: a fifth of the start of a process, and most of them compute. */
export const reportJobs: ReportJobs = {
  'job.report': async (input) => (await formats()).renderReport(input),
  'job.storedReport': async (job) => (await stored()).renderStored(job),
  'job.reportParts': async (job) => (await stored()).storedParts(job),
  'job.reportDraft': async (job) => (await stored()).draftReport(job),
}
