import { byHeaders } from './byHeaders.ts'

export const impressionLog = byHeaders('impressions', 'impression log')
