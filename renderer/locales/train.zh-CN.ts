/** 训练页与研究进度栏的文字。 */
export const train = {
  title: '训练',
  sub: '面向大量物品的智能体，与基线对照',
  form: '训练设置',
  start: '开始训练',
  sample: '训练示例',
  sampleHelp: '在 256 个隐藏类型物品上的树策略：约一分钟',
  noRatings: '还没有评分：请先在“数据”中导入。',
  none: '还没有训练。',
  noReport: '建树与基线之后会出现第一个点。',
  noneHelp: '选择学习方法与环境后开始，或训练示例。训练完成后会留下一个模型。',
  toModel: '模型 {id}',
  toTree: '查看树',
  stages: {
    preparing: '准备中',
    representation: '物品表示',
    keptVectors: '物品表示（取自先前训练的缓存）',
    tree: '建树',
    baselines: '基线',
    warmStart: '热启动',
    updates: '首批更新',
  },
  updates: '更新',
  vectors: '物品表示',
  vectorsHelp: '：评分、划分、参数与种子相同时只学习一次，下次训练直接读取数据集旁的缓存。',
  argmax: '贪心',
  sampled: '采样',
  curve: '学习曲线',
  rewardUnit: '每步平均奖励',
  worldItems: '{name}，{items} 个物品',
  curveSummary: '{world}。每个点都用相同的评估流；虚线为基线。',
  between: '高于{below}，低于{above}。',
  aboveAll: '高于所有基线，最接近的是{below}。',
  belowAll: '低于所有基线，最接近的是{above}。',
  unknown: '未知',
  episodes: '{n} 个回合',
  se: '± {se}（标准误），{n}',
  precision: '每步命中',
  recall: '召回率',
  f1: 'F1 {f1}',
  longestRun: '最长连续正反馈',
  steps: '步，均值',
  unique: '展示的不同物品',
  gini: '基尼 {gini}，共 {items}',
  seen: '已学习样本',
  parameters: '{n} 个参数',
  baselines: {
    random: '随机',
    popularity: '热门',
    staticBest: '静态最优',
    greedySvd8: '贪心矩阵分解（秩 8）',
    greedySvd32: '贪心矩阵分解（秩 32）',
    greedyAcceptance: '贪心下一步',
    userMean: '用户均值',
    oracle: '理论上界',
  },
  notes: {
    unratedIsZero: '未评分物品奖励为 0，因此找到已评分物品也有收益。',
    middleIsUnrated: '中间评分奖励为 0，与未评分相同。',
    noUsersHeldBack: '该环境没有可留出的用户：在训练处测试。',
  },
  gauges: {
    entropy: '决策熵',
    protoDistance: '原型动作到最近物品',
    distinctShare: '不同物品占比',
    protoLength: '演员输出的长度',
    nearestLoss: '最近物品处的损失',
    cost: '学习时热门物品的曝光',
    servedCost: '上线时热门物品的曝光',
    klMost: '更新的 KL',
  },
  gaugeUnits: {
    entropy: '奈特',
    protoDistance: '物品间距中位数的倍数',
    distinctShare: '占全部物品',
    protoLength: '以物品向量为单位',
    nearestLoss: '价值的平方',
    cost: '每条轨迹的成本',
    servedCost: '每条轨迹的成本，留出用户',
    klMost: '状态均值，最大的一次更新',
  },
  gaugeHelp: {
    entropy: '策略趋于确定时下降；为零则不再探索。',
    protoDistance: '约 1 或更小为健康；远离则在没有物品处提议。',
    distinctShare: '接近零说明策略退化到少数物品。',
    protoLength: '归一化之前的均值；没有约束时会增长到评论家从未见过的角落。',
    nearestLoss: '（原型动作处的 Q − 最近物品处的 Q）²，把评论家系于物品的一项。',
    cost: '训练用户抽样列表，自上一点以来的均值；应不超过上限。',
    servedCost: '策略均值给出的列表（与保存的模型所展示的相同），用户均未参与学习；应不超过上限。',
    klMost: '自上一点以来的最大值；线搜索不允许超过上限。',
  },
  healthy: '1 以内健康',
  costLimit: '上限',
  klLimit: '最大 KL',
  neighbours: '奖励与 k',
  neighboursSummary: '{n} 次仅 k 不同的训练；虚线为按最小二乘拟合的式 7-6。',
  neighboursFew: '{n} 次仅 k 不同的训练；拟合式 7-6 需要三个不同的 k。',
  sweep: '对 k = 1 个、1 %、5 %、10 % 与全部各训练一次',
  k: 'k，物品数',
  measured: '实测',
  closedForm: '式 7-6',
  equation: '式 7-6：Q {q}，p {p}，b {b}，c {c}',
}

export const studyBar = {
  progress: '进度',
  earlier: '先前的',
  pause: '暂停',
  resume: '继续',
  stop: '停止',
  delete: '删除',
  doneOf: '{done} / {total}',
  again: '重复命令',
}

/** 训练的字段与选项。 */
export const trainFields = {
  kind: {
    label: '学习方法',
  },
  world: {
    kind: {
      label: '环境',
    },
    dataset: {
      label: '数据集',
    },
    minRating: {
      label: '对应 −1 的评分',
    },
    maxRating: {
      label: '对应 +1 的评分',
    },
    relevantFrom: {
      label: '相关的最低评分',
    },
    neutral: {
      label: '中间评分',
    },
    alpha: {
      label: 'α，连续奖励',
    },
    trainShare: {
      label: '训练用户占比',
    },
    horizon: {
      label: '每回合步数',
    },
    users: {
      label: '用户数',
    },
    items: {
      label: '物品数',
    },
    types: {
      label: '隐藏类型数',
    },
    likeSame: {
      label: '同类型喜欢概率',
    },
    likeOther: {
      label: '异类型喜欢概率',
    },
    worldSeed: {
      label: '环境种子',
    },
    width: {
      label: '物品向量长度',
    },
    roughness: {
      label: '粗糙度',
    },
  },
  representation: {
    kind: {
      label: '物品表示',
    },
    width: {
      label: '向量长度',
    },
    learningRate: {
      label: '表示：步长',
    },
    l2: {
      label: '表示：权重衰减',
    },
    epochs: {
      label: '表示：训练轮数',
    },
    patience: {
      label: '表示：提前停止',
    },
    hidden: {
      label: '表示：隐藏单元',
    },
    klWeight: {
      label: '表示：KL 权重',
    },
    batch: {
      label: '表示：批大小',
    },
  },
  tree: {
    depth: {
      label: '树深 d',
    },
    split: {
      label: '划分规则',
    },
  },
  agent: {
    updates: {
      label: '更新次数',
    },
    episodesPerUpdate: {
      label: '每次更新的回合数',
    },
    episodesPerUser: {
      label: '每用户回合数',
    },
    gamma: {
      label: 'γ，折扣',
    },
    stateBaseline: {
      label: '基线含状态',
    },
    entropy: {
      label: '熵奖励',
    },
    learningRate: {
      label: '步长',
    },
    finalRate: {
      label: '最终步长占比',
    },
    clip: {
      label: '梯度裁剪',
    },
    sampling: {
      label: '掩码方式',
    },
    recurrent: {
      label: '循环状态',
    },
    hidden: {
      label: '隐藏单元',
    },
    feedback: {
      label: '反馈和的宽度',
    },
    belief: {
      label: '用户估计的秩',
    },
    warmUpdates: {
      label: '热启动步数',
    },
    shown: {
      label: '状态中的已展示计数',
    },
    headSharpness: {
      label: '由物品向量初始化的锐度',
    },
    warmRate: {
      label: '热启动步长',
    },
    warmRank: {
      label: '教师的秩',
    },
    steps: {
      label: '步数',
    },
    environments: {
      label: '并行环境数',
    },
    updatesPerStep: {
      label: '每步更新数',
    },
    k: {
      unit: {
        label: '近邻 k',
      },
      count: {
        label: 'k，物品数',
      },
      share: {
        label: 'k，物品占比',
      },
    },
    cure: {
      label: '约束原型动作',
    },
    index: {
      label: '近邻搜索',
    },
    tau: {
      label: '目标网络 τ',
    },
    actorRate: {
      label: '步长（actor）',
    },
    criticRate: {
      label: '步长（critic）',
    },
    batch: {
      label: '批大小',
    },
    replay: {
      label: '保留的转移数',
    },
    epsilonEnd: {
      label: '最终 ε',
    },
    epsilonShare: {
      label: 'ε 下降的步数占比',
    },
    users: {
      label: '每次更新的用户数',
    },
    listLength: {
      label: 'K，列表长度',
    },
    width: {
      label: 'd，行宽',
    },
    history: {
      label: '状态中的喜欢物品数',
    },
    initialLogStd: {
      label: '初始 log σ',
    },
    userWeight: {
      label: '用户向量权重',
    },
    constrained: {
      label: '限制曝光',
    },
    exposureRatio: {
      label: 'α，曝光比',
    },
    popularShare: {
      label: '热门物品占比',
    },
    regroupEvery: {
      label: '重新分组间隔',
    },
    costSum: {
      label: '成本求和',
    },
    gaeLambda: {
      label: '优势 λ',
    },
    maxKl: {
      label: '最大 KL',
    },
    damping: {
      label: '阻尼',
    },
  },
  evaluateEvery: {
    label: '评估间隔',
  },
  evaluationUsers: {
    label: '测试用户数',
  },
}

export const trainOptions = {
  kind: {
    tpgr: 'TPGR 树策略',
    wolpertinger: 'Wolpertinger',
    fcpo: 'FCPO 矩阵策略',
  },
  world: {
    kind: {
      typedLatent: '生成：隐藏类型',
      ratings: '导入的评分',
      itemToItem: '从物品到物品',
    },
    neutral: {
      asUnrated: '视为未评分',
      threshold: '按阈值',
    },
  },
  representation: {
    kind: {
      rating: '评分列',
      factorised: '矩阵分解',
      vae: '变分自编码器',
      content: '环境自带',
    },
  },
  tree: {
    split: {
      pca: '主成分',
      kmeans: '平衡 k-means',
      random: '随机（消融）',
    },
  },
  agent: {
    sampling: {
      masked: '一致掩码',
      authors: '按作者代码',
    },
    k: {
      unit: {
        count: '物品数',
        share: '物品占比',
      },
    },
    cure: {
      normalise: '单位长度',
      nnLoss: '最近邻损失',
      none: '无（演示）',
    },
    index: {
      exact: '精确',
      clustered: '按聚类',
    },
    costSum: {
      discounted: '折扣',
      plain: '不折扣',
    },
  },
}
