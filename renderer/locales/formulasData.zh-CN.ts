/** 数据集中可展开的数值的文字。 */
export const formulasData = {
  propensityMean: {
    title: '1/倾向得分的均值',
    text: '若所记录的倾向得分确为所选动作的概率，行数多时它趋近于动作数。',
  },
  smallPropensity: {
    title: '最小倾向得分',
    text: '该行在估计中的权重最大，相当于 1/倾向得分 个普通的行。',
  },
  teamBalance: {
    title: '首位属于第一队的比例',
    text: '公平抽取的各队排在首位的次数相同。',
  },
  clickRate: { title: '点击率', text: '日志中每行的点击数。' },
  unclicked: { title: '没有点击的列表', text: '它们不能判定对决，也不能提供标签。' },
  heavyUser: {
    title: '单个用户的最大占比',
    text: '列表最多的用户的列表数除以全部列表数。占流量很大一部分的用户可能是机器人。',
  },
  singleGrade: {
    title: '只有一个等级的查询',
    text: '在这些查询上，文档的任何顺序价值相同。',
  },
  columnMissing: { title: '没有值的行', text: '文件中此列为空的行所占比例。' },
  columnDistinct: {
    title: '不同值的个数',
    text: '一次扫描近似计数，可能有百分之几的误差。',
  },
}
