/** Words of what a screen says while it has nothing, or not everything, to show. */
export const states = {
  loading: '正在加载',
  failed: '此处读取失败',
  kept: '没有任何改动；已保存的内容保持不变。',
  retry: '重试',
  copy: '复制详情',
  copied: '详情已复制到剪贴板。',
  log: '打开日志',
  where: '页面',
  when: '时间',
  updated: '截至 {at}',
  deleted: '此运行已被删除。',
  deletedHelp: '此处显示的是本窗口最后读到的内容，无法再次读取。',
  stale: '已过时',
  changed:
    '数据集 {name} 已有变化：当时为 {before}，现在为 {after}。以下数值属于较早的数据集；「重新计算」以相同设置在当前数据集上重新开始。',
  gone: '数据集 {name}（{before}）已不在此工作区。以下数值属于该数据集；以同一名称重新导入后即可重新计算。',
  withheld: '不给出结论：有健康检查未通过。',
  withheldHelp: '以下图表不支持任何方向的结论。请在「健康」中查看原因，排除后重新运行。',
  withheldLog:
    '以下图表不支持任何方向的结论。各项检查会指出日志的问题；请在其来源处修复后重新导入。',
  noConclusion: '不下结论',
  older: '由引擎 {before} 计算；当前引擎 {after} 可能得出不同的数值。',
  recompute: '重新计算',
  restarted: '引擎崩溃后已自动重启。',
  restartedHelp:
    '从最近的检查点接着运行（尚无检查点时从头开始），结果完全相同。若在同一处再次崩溃，则会停下等您处理。',
}
