import { formulasData } from './formulasData.zh-CN.ts'
import { formulasMore } from './formulasMore.zh-CN.ts'

/** Words of the numbers that open: what each is, and where its rows are. */
export const formulas = {
  gone: '该数值已不在页面上。',
  values: '代入其数值',
  rows: {
    title: '背后的数据行',
    users: '用户：每名用户的票与其在 Δ 中的份额',
    impressions: '展示：每个列表及其队伍与点击',
    networks: '网络：两个网络，逐次更新',
    points: '原始数据：此次运行存储的每个点',
    places: '位置与归因：按位置与队伍的展示位',
    segments: '分组：该族的每一行',
    runs: '实验：每次运行及其种子',
    nodes: '节点表：每个节点的物品、访问与奖励',
    models: '模型：训练了什么、如何训练',
    datasets: '数据：导入时的行',
    drawn: '不保存单次重复：用页面上的种子与命令行可以重新抽取，得到相同的摘要值。',
    plan: '本表单的设置。',
    preview: '本页的列表：请求、ΔW 的抽取与点击来自固定种子，只随方案改变。',
  },
  of: {
    ...formulasMore,
    ...formulasData,
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
    usersNeeded: {
      title: '还需用户',
      text: '粗略预测：若 Δ 不变且区间按 √(ln n / n) 变窄，直到区间不含 0 或落入实际等效区间还需的用户数。',
    },
    betting: {
      title: '用户，投注序列',
      text: '尚未被任何赌注否定的均值：区间在每次查看时都成立，并与此前各次取交集。',
    },
    asymptotic: {
      title: '用户，渐近序列',
      text: '以用户平均票值为中心的正态混合；在中心极限成立的范围内，每次查看都成立。',
    },
    fixedUserT: {
      title: '用户，结束时查看一次',
      text: '对用户平均票值作 t 检验。只对方案指定的那一次查看有效，不适用于中途偷看。',
    },
    betaBinomial: {
      title: '按符号的用户，贝塔二项序列',
      text: 'A 胜较多的用户对 B 胜较多的用户。两者相同的用户不计入。',
    },
    impression: {
      title: '展示，按用户聚类',
      text: '每票计一次。同一用户的票彼此相似，因此方差以用户为聚类计算。',
    },
    identical: {
      title: '相同列表',
      text: '双方给出相同物品且顺序一致的列表：有点击时为平局，并稀释 Δ。',
    },
    signTest: {
      title: '符号检验',
      text: 'A 胜较多的用户对 B 胜较多的用户，双侧精确检验。仅供参考，不作决定。',
    },
    segment: {
      title: '分组的 Δ',
      text: '对一个分组的用户使用锁定的推断方法。所有分组为一个族，按方案校正，与结论无关。',
    },
    range: {
      title: '一段用户的 Δ',
      text: '对在某一段内离开的用户使用锁定的推断方法：单独的，以及为“看过之后才选定”而校正的。',
    },
    updates: {
      title: '更新对决与更新',
      text: 'M 个列表为一次更新对决：Q̃ 获胜、落败、平局，或列表始终相同（空对决）。大更新回放已存储的请求。',
    },
    majorUpdate: {
      title: '最近一次大更新',
      text: '损失为回放批次的时序差分误差平方均值；‖step‖ 为全部权重变化的范数。',
    },
    ndcg: {
      title: "nDCG{'@'}k",
      text: '列表评分的增益按对数折扣求和，除以可能的最佳值。没有已评分候选的请求不计入。',
    },
    precision: {
      title: "Precision{'@'}k",
      text: 'k 个物品中评分至少为 3（5 星制中 3.5 星）的比例。',
    },
    guardrail: {
      title: '保留的点击',
      text: '实际展示列表的期望点击除以 A 自己列表的期望点击，区间按用户聚类。只作警告，不作决定。',
    },
    latency: {
      title: '每个列表的时间',
      text: '此机器上运行期间两个列表之间的毫秒数。不属于结果。',
    },
    place: {
      title: '位置 × 队伍',
      text: '某一位置上按归属方统计的展示位，以及其中被点击的比例。',
    },
    returnsPerDay: {
      title: '回访次数',
      text: '首次之后的请求数除以首末请求之间的天数，对全部用户；区间按用户聚类。用户每小时返回超过一次时按小时给出。日与小时均为该世界的时间。',
    },
    activeness: {
      title: '活跃度 S',
      text: '用户回来的可能性：随时间衰减，随每次请求上升。',
    },
    clickedSimilarity: {
      title: '所点物品的相似度',
      text: '同一用户所点物品之间余弦的均值，对至少点击两次的用户取平均。',
    },
    clickAge: {
      title: '所点物品的年龄',
      text: '物品出现到被点击之间的小时数。',
    },
    calibration: {
      title: 'Q 的校准',
      text: '按预测值十分位比较预测值与回放学习的目标值。Q 预测得好时两者相等。',
    },
    clickLevel: {
      title: '点击水平',
      text: '使随机列表达到该环境所设点击比例的偏移量。',
    },
    window: {
      title: '按时间窗口的 Δ',
      text: '对在一个窗口内离开的用户使用锁定的推断方法。各窗口同时成立，每个窗口取显著性水平除以窗口数。',
    },
  },
}
