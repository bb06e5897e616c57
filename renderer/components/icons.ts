/** Line icons on a 20 × 20 grid: the inside of an svg. */
export const icons = {
  home: '<path d="M3.5 9 10 3.5 16.5 9v7.5h-4.3v-4.3H7.8v4.3H3.5Z"/>',
  experiments:
    '<path d="M8 3h4M8.7 3v5L4.3 15.2c-.5.9.1 1.8 1.1 1.8h9.2c1 0 1.6-.9 1.1-1.8L11.3 8V3M6.3 12.4h7.4"/>',
  data: '<ellipse cx="10" cy="5" rx="6" ry="2.3"/><path d="M4 5v10c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3V5M4 10c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3"/>',
  models:
    '<path d="M10 3.2 16.5 6.500 10 9.800 3.500 6.500ZM3.500 10 10 13.300 16.500 10M3.500 13.500 10 16.800 16.500 13.500"/>',
  settings:
    '<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
  play: '<path d="M6 4.5v11l9-5.5Z" fill="currentColor"/>',
  pause: '<path d="M7 5v10M13 5v10" stroke-width="2"/>',
  stop: '<rect x="5.5" y="5.5" width="9" height="9" fill="currentColor"/>',
  table: '<path d="M3.5 4.5h13v11h-13zM3.5 8.3h13M3.5 12h13M8 8.3v7.2"/>',
  chart: '<path d="M3.5 3.5v13h13M6 13l3.5-5 3 2.5L16.5 5"/>',
  check: '<path d="m4.5 10.5 3.5 3.5 7.5-8" stroke-width="1.8"/>',
  warn: '<path d="M10 3.3 17.5 16.5h-15Z"/><path d="M10 8.3v3.8M10 14.3v.1" stroke-width="1.8"/>',
  block: '<circle cx="10" cy="10" r="6.5"/><path d="M5.5 5.5l9 9"/>',
  lock: '<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
  export: '<path d="M10 12.5V3.5M6.5 6.7 10 3.3l3.5 3.4M4 12v4.5h12V12"/>',
  plus: '<path d="M10 4v12M4 10h12" stroke-width="1.8"/>',
  fork: '<circle cx="6" cy="4.5" r="1.7"/><circle cx="14" cy="4.5" r="1.7"/><circle cx="10" cy="15.5" r="1.7"/><path d="M6 6.2c0 3.5 4 3 4 7.5 0-4.5 4-4 4-7.5"/>',
  moon: '<path d="M16 11.8A6.5 6.5 0 0 1 8.2 4 6.5 6.5 0 1 0 16 11.8Z"/>',
  sun: '<circle cx="10" cy="10" r="3.2"/><path d="M10 2.8v1.7M10 15.5v1.7M2.8 10h1.7M15.5 10h1.7M4.9 4.9l1.2 1.2M13.9 13.9l1.2 1.2M4.9 15.1l1.2-1.2M13.9 6.1l1.2-1.2"/>',
  system: '<rect x="3" y="4" width="14" height="9.5" rx="1"/><path d="M7.5 16.5h5M10 13.5v3"/>',
  close: '<path d="m5 5 10 10M15 5 5 15"/>',
  keyboard:
    '<rect x="2.5" y="5" width="15" height="10" rx="1.5"/><path d="M5.5 8.2h.1M8.5 8.2h.1M11.5 8.2h.1M14.5 8.2h.1M6.5 12h7"/>',
  trash: '<path d="M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v5M11.5 9v5"/>',
  info: '<circle cx="10" cy="10" r="6.7"/><path d="M10 9.3v4M10 6.7v.1" stroke-width="1.8"/>',
  search: '<circle cx="9" cy="9" r="5"/><path d="m13 13 3.5 3.5"/>',
  language:
    '<circle cx="10" cy="10" r="6.7"/><path d="M3.3 10h13.4M10 3.3c4.5 4.2 4.5 9.2 0 13.4-4.5-4.2-4.5-9.2 0-13.4"/>',
  learn:
    '<path d="M10 5.5C8.3 4.2 6 3.8 3.5 4v11.5c2.500-.2 4.800.2 6.500 1.500 1.700-1.300 4-1.700 6.500-1.500V4c-2.500-.2-4.800.2-6.500 1.500ZM10 5.500V17"/>',
  compare:
    '<rect x="3.5" y="4" width="5" height="12" rx="1"/><rect x="11.5" y="4" width="5" height="12" rx="1"/>',
  report: '<path d="M5 3h6.5L15 6.5V17H5Z"/><path d="M11.5 3v3.5H15M7.5 10h5M7.5 13h5"/>',
  trees:
    '<circle cx="10" cy="4.5" r="1.8"/><circle cx="4.5" cy="15" r="1.8"/><circle cx="10" cy="15" r="1.8"/><circle cx="15.5" cy="15" r="1.8"/><path d="M10 6.3v6.9M4.5 13.2v-3h11v3"/>',
  back: '<path d="M16 10H4.5M9 5l-5 5 5 5"/>',
  pin: '<path d="M7 3h6M8 3v5l-2 3h8l-2-3V3M10 11v6"/>',
  tag: '<path d="M3.5 3.5h6l7 7-6 6-7-7Z"/><path d="M7 7h.1" stroke-width="2"/>',
  archive: '<path d="M3.5 4h13v3.5h-13ZM4.5 7.5V16h11V7.5M8.5 10.5h3"/>',
  copy: '<rect x="7" y="7" width="9.5" height="9.5" rx="1"/><path d="M13 4H4.5c-.6 0-1 .4-1 1v8"/>',
  undo: '<path d="M4 8h8a4.5 4.5 0 0 1 0 9H8M7 5 4 8l3 3"/>',
  redo: '<path d="M16 8H8a4.5 4.5 0 0 0 0 9h4M13 5l3 3-3 3"/>',
  grip: '<path d="M7.5 5v.1M7.5 10v.1M7.5 15v.1M12.5 5v.1M12.5 10v.1M12.5 15v.1" stroke-width="2.2"/>',
  text: '<path d="M4 5h12M10 5v11M7.5 16h5"/>',
  verdict: '<path d="M10 3.5v13M4 6.5h12M4 6.5 2 11.5h4ZM16 6.5l-2 5h4ZM6.5 16.5h7"/>',
  dice: '<rect x="3.5" y="3.5" width="13" height="13" rx="2.5"/><path d="M7 7h.1M13 13h.1M10 10h.1" stroke-width="2"/>',
} as const

export type IconName = keyof typeof icons
