/** Where item vectors that were learnt from a dataset are kept. @param path of the dataset's file */
export const vectorsBeside = (path: string): string => `${path}.vectors`
