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
  formulas: {
    delta: {
      title: '偏好 Δ',
      text: '每名用户的平均票值取平均后减去二分之一。每名用户计一次；大于 0 表示 A 更受偏好。区间来自方案锁定的推断方法。',
    },
    eValue: {
      title: 'e 值',
      text: '押注 Δ = 0 不成立所得的财富，以初始赌注为单位。可以随时查看；达到显著性水平的倒数即可拒绝。',
    },
    users: {
      title: '用户',
      text: '入组已结束的用户：计划展示给他们的最后一个列表已经判定。没有任何投票的用户不计入 Δ。',
    },
    duels: {
      title: '对决',
      text: '有点击获得归因的列表：A 胜、B 胜或平局。没有归因点击的列表为未投票，另行计数。',
    },
    effectiveItems: {
      title: '有效物品数',
      text: '曝光熵的指数：若均分曝光，相当于这么多个物品。',
    },
    explorationCost: {
      title: '探索代价',
      text: 'Q 的列表的期望点击减去实际展示列表的期望点击，在整个运行中求和；在模拟器的点击模型下是精确值。',
    },
    overlap: {
      title: 'L 与 L̃ 的重合',
      text: 'L 的物品中也在 L̃ 里的平均比例。',
    },
    normRatio: {
      title: '权重增长',
      text: '全部权重的范数除以首次请求时的范数。超过 1.1 时值得查看小更新。',
    },
    designEffect: {
      title: '设计效应',
      text: '以用户为聚类时展示层面 Δ 的方差，除以各票独立时的方差。大于 1 表示同一用户的展示彼此相似。',
    },
    ctr: {
      title: '每个物品的期望点击',
      text: '某名次被看到的概率乘以看到后被点击的概率，在整个运行中取平均。',
    },
  },
  keys: {
    palette: '搜索一切',
    rail: '侧栏各处',
    jump: '实验、比较、模拟、树',
    duplicate: '复制屏幕上的运行',
    rows: '下一行 / 上一行',
    select: '选择该行',
    compare: '比较所选',
    baseline: '设定或更换基线',
    export: '导出屏幕上的运行',
    runs: '上一次 / 下一次运行',
    draft: '逐步查看选秀或聚焦的图表',
    groups: { everywhere: '任何页面', lists: '列表中', run: '运行页面' },
    single: '单字母快捷键',
    singleHelp: '无需 Ctrl 的字母键。输入文字时不起作用；停用后只保留 Ctrl/Cmd 组合键。',
  },
  audit: {
    export: '导出为 CSV',
    filter: '筛选审计日志',
    none: '没有匹配的操作。',
  },
}
