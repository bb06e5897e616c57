/** Part of the digest: changes whenever the same spec and seed may give other results. */
export const engineVersion = '4'
