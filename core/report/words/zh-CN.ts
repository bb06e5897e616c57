import type { RunState } from '../../contract.ts'
import type { ReportWords } from './words.ts'

const states: Readonly<Record<RunState, string>> = {
  queued: '正在排队',
  running: '正在运行',
  paused: '已暂停',
  finished: '已完成',
  cancelled: '已取消',
  interrupted: '已中断',
  failed: '已失败',
}

export const zhCN: ReportWords = {
  report: 'Duelist 报告',
  run: (id) => `运行 ${id}`,
  comma: '，',
  semicolon: '；',
  stop: '',
  sections: {
    design: '问题与设计',
    result: '结果',
    health: '健康检查',
    arms: '相同流量上的各策略',
    policy: '策略变化',
    methods: '方法',
    reproduce: '复现',
  },
  columns: {
    quantity: '指标',
    value: '数值',
    n: 'n',
    check: '检查项',
    limit: '限值',
    state: '状态',
    setting: '设置',
    outcome: '结果',
    count: '展示次数',
    share: '占比',
  },
  noResult: {
    headline: '尚无结论：该运行还没有保存任何结果。',
    second: '以下设计已锁定；有用户被服务后才会有数值。',
  },
  unfinished: (state, done, total) =>
    `该运行${states[state]}：共 ${total} 次展示，已完成 ${done} 次。以下数值只反映这一部分。`,
  exchangeable:
    'A/A 运行：两侧都是 Q 的独立同分布扰动，因此真值为 Δ = 0。除“未定”和“实际等效”以外的结论都是误报。',
  facts: {
    alpha: '探索系数 α',
    rankers: '排序器（首个为 A）',
    current: '当前网络 Q ●',
    explore: '探索网络 Q̃ ▲',
    minorRule: '小更新',
    duel: '更新对决',
    majorUpdate: '大更新',
    interleaving: '交错（混排）',
    traffic: '流量',
    world: '环境',
    clicks: '点击模型',
    engine: '单位与推断引擎',
    errorRate: '显著性水平',
    parent: '派生自',
    appVersion: 'Duelist',
    engineVersion: '引擎',
    backend: '计算后端',
    dataset: '数据集 SHA-256',
    specHash: '配置 SHA-256',
    seed: '随机种子',
    digest: '运行摘要',
    created: '开始时间',
  },
  design: {
    alpha: (value, perturb) =>
      `${value}，${{ element: '逐权重噪声', additive: '按层缩放的噪声', tensor: '每个张量一个随机数' }[perturb]}`,
    current: (hidden, gamma) => `对决网络，隐藏单元 ${hidden} 个，γ ${gamma}`,
    explore: 'Q + ΔW，每次对决重新抽取',
    exploreExchangeable: '两侧均为扰动（A/A）',
    minorRule: {
      step: (eta) => `W + η·ΔW，η ${eta}`,
      printed: (eta) => `W + η·W̃（论文原式），η ${eta}`,
      replace: () => 'W ← W̃',
      none: () => '无：只统计对决',
    },
    duel: (impressions) => `M = ${impressions} 次展示`,
    majorUpdate: (duels, steps) => `每 ${duels} 次对决，${steps} 个梯度步`,
    noMajorUpdate: '无',
    interleaving: (spec, k) =>
      spec.kind === 'probabilistic'
        ? `概率交错，τ ${spec.tau}，前 ${k} 项`
        : spec.kind === 'teamDraft'
          ? `选秀法交错，前 ${k} 项`
          : `优化交错，前 ${k} 项`,
    traffic: (users, impressions, pool) =>
      `${users} 名用户，平均每人 ${impressions} 个列表，${pool} 个候选`,
    ratings: (name, users, items, rows) =>
      `${name}：${users} 名用户，${items} 个物品，${rows} 条评分`,
    ratingsUnknown: (name) => name,
    typedLatent: (users, items, types) =>
      `生成数据：${users} 名用户，${items} 个物品，${types} 种类型`,
    clicks: (eta) => `位置偏差模型，偏差强度 ${eta}`,
    engine: (engine) => `用户，${engine}`,
    errorRate: (rate, region) => `${rate}，±${region} 以内视为等效`,
    errorRateOnly: (rate) => `${rate}，未设等效区间`,
    parent: (experiment) => `实验 ${experiment}`,
  },
  engines: {
    betting: '下注置信序列',
    betaBinomial: '符号的贝塔–二项置信序列',
    asymptotic: '渐近置信序列',
    fixedUserT: '结束时查看一次',
  },
  intervalOf: (level) => `${level} 区间`,
  decides: '（决定结论）',
  quantities: {
    delta: 'Δ，用户',
    deltaImpression: 'Δ，展示，按用户聚类',
    eValue: '反对“无偏好”的 e 值',
    signTest: '用户的精确符号检验，p',
    designEffect: '用户重复展示的设计效应',
    explorationCost: '探索代价，相对 L 损失的点击',
    overlap: 'L 与 L̃ 的平均重叠',
    identical: 'L = L̃ 的列表（有点击则为平局）',
    updatesWon: 'Q̃ 获胜的更新对决（已应用）',
    updatesLost: 'Q̃ 落败的更新对决',
    updatesTied: '平局的更新对决',
    updatesVoid: '空对决',
    updatesMajor: '大更新',
    updatesGuard: '被范数保护缩放的步',
    normRatio: '结束时 ‖W‖ 与首次请求时之比',
    effectiveItems: '展示物品的有效数量',
    ndcg: 'Q 的 nDCG@k',
    precision: 'Q 的 Precision@k',
  },
  units: {
    users: '名用户',
    impressions: '次展示',
    updateDuels: '次更新对决',
    clicks: '次点击',
    preference: '偏好',
    ctr: '每个展示物品的点击',
    ratio: '比值',
    items: '个物品',
    p: 'p 值',
    share: '占比',
    count: '计数',
    eValue: 'e 值',
  },
  eValueNeeded: (needed) => `需达到 ${needed}`,
  signTestNote: (a, b) => `偏好 Q：${a}，偏好 Q̃：${b}`,
  outcomes: { a: 'A 胜', b: 'B 胜', tie: '平局', noVote: '未投票' },
  identicalNote: (count) => `列表相同：${count}`,
  checks: {
    firstPickFairness: '两队首选，公平硬币',
    positionTeam: '位置 × 队伍，独立性',
    noVoteByCoin: '未投票 × 先选队伍，独立性',
    dilution: '能区分两个列表的展示位',
    heavyUsers: '最活跃 1 % 用户的投票占比',
    duplicates: '同一列表中重复展示的物品',
    sampleRatio: '各组用户数与计划比例',
    firstListLead: '按首个列表由哪队领先统计的用户，公平硬币',
    teamMismatch: '该方法不可能生成的列表',
    repeatedLists: '未剔除的重复列表',
    automaticUsers: '未剔除的疑似程序用户',
    unmeasuredClicks: '没有停留时间的点击',
  },
  levels: { ok: '✓ 通过', warn: '! 警告', block: '✕ 阻断' },
  atLeast: (limit) => `不低于 ${limit}`,
  atMost: (limit) => `不高于 ${limit}`,
  arms: {
    served: '实际展示的列表（混排）',
    q: '当前网络 Q',
    explore: '探索网络 Q̃',
    random: '随机',
    popularity: '热门',
    staticBest: '静态最优列表',
    untrained: '未训练的网络',
    oracle: '理论上界',
  },
  interleavers: {
    probabilistic: '概率交错（Hofmann, Whiteson & de Rijke, CIKM 2011）',
    teamDraft: '选秀法交错（Radlinski, Kurup & Joachims, CIKM 2008）',
    optimized: '优化交错（Radlinski & Craswell, WSDM 2013）',
  },
  armsIntro:
    '相同请求上每个展示物品的期望点击，由模拟器的点击模型计算；只有混排列表真正展示给了用户。区间按用户聚类。',
  figures: {
    forest: '各推断引擎的偏好 Δ',
    forestCaption: (level, region) =>
      `偏好 Δ 及其 ${level} 区间；正值偏向 Q，负值偏向 Q̃。${
        region === null ? '' : `阴影：实际等效区间 ±${region}。`
      }只有第一行决定结论，它在启动前已锁定。`,
    otherEngines: '仅供比较',
    locked: '已锁定',
    sequence: 'Δ 及其随用户数变化的置信序列',
    sequenceSummary: (users, interval, anytime) =>
      `${users} 名用户之后，Δ 的区间为 ${interval}。${anytime ? '该区间在任何时刻查看都有效。' : '只有计划结束时的查看才作决定。'}`,
    sequenceEmpty: '还没有用户结束：尚无区间。',
    decidedAt: (users) => `${users} 名用户时区间不再含 0`,
    outcomes: '按结果划分的展示',
    outcomesSummary: (parts) => `全部展示中：${parts}。`,
    curves: '运行过程中每个展示物品的期望点击',
    curvesSummary: (parts, impressions) =>
      `运行至多分为 30 段，取各段均值；最后一段（至 ${impressions} 次展示）：${parts}。`,
    curvesEmpty: '尚未保存任何数据点。',
  },
  methods: (plan) => [
    `每个请求返回一个含 ${plan.k} 个物品的列表，由当前网络 Q（A）与探索网络 Q̃（B）各自的前 ${plan.k} 项经${zhCN.interleavers[plan.interleaver]}混排而成。一次展示计入从点击中获得更多归因的一方；两个列表相同且有点击时为平局；没有任何可归因点击的列表记为未投票，不计入 n。`,
    '分析单位是用户：每名用户的投票取平均，得到 [0, 1] 内的一个分数（1 = A，½ = 平局，0 = B），在其最后一次展示判定之后计入一次。Δ 是平均分数减 ½。',
    plan.engine === 'fixedUserT'
      ? `结论来自计划结束时用户分数的 t 区间，显著性水平 ${plan.errorRate}；此前的查看不作任何决定。`
      : `结论来自${
          {
            betting: '下注置信序列（Waudby-Smith & Ramdas, JRSS-B 2024）',
            betaBinomial: '用户符号的贝塔–二项置信序列（Robbins 1970）',
            asymptotic: '渐近置信序列（Waudby-Smith et al., Annals of Statistics 2024）',
          }[plan.engine]
        }，显著性水平 ${plan.errorRate}，各次查看取交集；无论查看多少次都有效。e 值达到 ${plan.needed} 时证据充分。`,
    plan.equivalence === null
      ? '未设实际等效区间。'
      : `启动前已设定 |Δ| 不超过 ${plan.equivalence} 为实际等效。`,
    `参照策略在相同的请求、候选和用户上计算，但未展示。推荐系统可见每名用户 ${plan.historyShare} 的评分，点击由其余评分决定。`,
  ],
  reproduceIntro:
    '相同的配置和随机种子在相同的引擎与后端上得到相同的摘要。将配置按命令中的文件名保存（内置示例无需文件），然后运行：',
  commandTitle: '命令行',
  specTitle: '实验配置（JSON）',
  tableTitle: '数据表',
}
