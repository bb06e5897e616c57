import type { Recogniser } from './recogniser.ts'

/** LETOR and libsvm ranking files: `2 qid:1 1:0.5 …`, or without qid and with a `.query` file. */
export const letor: Recogniser = {
  title: 'LETOR / libsvm',
  companions: (fileName) => [`${fileName}.query`, `${fileName}.group`],
  companionFormat: { id: 'libsvm' },
  recognise: ({ format }) => (format.id === 'libsvm' ? { kind: 'queries', columns: [] } : null),
}
