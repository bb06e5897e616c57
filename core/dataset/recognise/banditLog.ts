import { byHeaders } from './byHeaders.ts'

export const banditLog = byHeaders('bandit', 'bandit feedback')
