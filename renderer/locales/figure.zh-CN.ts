import type { figure as english } from './figure.en.ts'

/** 图表通用文字。 */
export const figure: typeof english = {
  export: '导出图表',
  help: {
    svg: '矢量图，含标题与摘要',
    png: '两倍尺寸的图片',
    csv: '全部数值，完整精度',
    copy: '矢量图、图片与摘要',
  },
  copyChart: '复制',
  copiedChart: '图表与摘要已复制到剪贴板。',
  copyTable: '复制表格',
  copiedRows: '已复制 {n} 行到剪贴板。',
  allRows: '1 行 | {n} 行',
  someRows: '显示 {n} 行中的 {shown} 行；复制与 CSV 含全部',
  cursorHelp:
    '左右方向键逐点移动，上下方向键切换序列，Home 与 End 跳到两端，Enter 在侧栏打开该点。',
  pointOf: '第 {n} 个点，共 {total} 个',
  limit: '界限',
  gone: '该点所属的图表不在本页。',
  moment: '{n} 次展示后的两个网络',
}
