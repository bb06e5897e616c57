import { byHeaders } from './byHeaders.ts'

export const interleavingLog = byHeaders('interleaving', 'interleaving log')
