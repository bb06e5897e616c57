import { byHeaders } from './byHeaders.ts'

export const gradedTable = byHeaders('queries', 'graded queries')
