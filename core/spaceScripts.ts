/** A Chinese sentence with names of either script in it: a space between Chinese and Latin, as everywhere. */
export const spaceScripts = (text: string): string =>
  text.replace(
    /(?<=\p{Script=Han})(?=[\p{Script=Latin}\d])|(?<=[\p{Script=Latin}\d])(?=\p{Script=Han})/gu,
    ' ',
  )
