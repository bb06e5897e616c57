import type { frame as english } from './frame.en.ts'

export const frame: typeof english = {
  palette: {
    open: '搜索运行、页面、设置、命令',
    label: '命令面板',
    placeholder: '运行、页面、设置或命令（可用拼音首字母）',
    none: '没有匹配的条目。',
    found: '{n} 个条目 | {n} 个条目',
    help: '↑ ↓ 选择，Enter 前往，Esc 关闭',
    groups: { runs: '运行', pages: '页面', settings: '设置', commands: '命令' },
  },
  command: {
    new: '新建实验',
    fork: '把此次运行复制为新实验',
    compare: '比较此次运行',
    copyLink: '复制当前视图的链接',
    copied: '链接已复制到剪贴板。',
    keys: '显示快捷键',
    singleKeysOn: '启用单字母快捷键',
    singleKeysOff: '停用单字母快捷键',
    theme: '主题：{name}',
    language: '语言：{name}',
  },
  drawer: {
    label: '详情',
    close: '关闭详情',
    unknown: '此地址没有详情。',
  },
  formula: {
    values: '代入此次运行的数值',
    notYet: '此次运行尚未存储结果。',
    source: '出处',
    test: '由此测试保证',
    run: '运行 {id} · {name}',
    explain: '此数值如何得来：{name}',
  },
  audit: {
    export: '导出为 CSV',
    filter: '筛选审计日志',
    none: '没有匹配的操作。',
  },
}
