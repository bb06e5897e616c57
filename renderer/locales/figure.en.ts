/** Words around every chart. */
export const figure = {
  export: 'Export chart',
  help: {
    svg: 'drawing with title and summary',
    png: 'picture at twice the size',
    csv: 'every number, in full precision',
    copy: 'drawing, picture and summary',
  },
  copyChart: 'Copy',
  copiedChart: 'The chart and its summary are on the clipboard.',
  copyTable: 'Copy table',
  copiedRows: '{n} rows are on the clipboard.',
  allRows: '1 row | {n} rows',
  someRows: '{shown} of {n} rows; copy and CSV have all',
  cursorHelp:
    'Left and right arrow keys step through the points, up and down through the series. Home and End go to the ends, Enter opens the point beside the page.',
  pointOf: 'Point {n} of {total}',
  limit: 'limit',
  gone: 'The chart of this point is not on this page.',
  moment: 'Both networks after {n} impressions',
}
