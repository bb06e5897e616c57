import type {
  worldFields as englishFields,
  worldKinds as englishKinds,
  worldStories as englishStories,
} from './worlds.en.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

export const worldKinds: Words<typeof englishKinds> = {
  ratings: '导入的评分',
  typedLatent: '生成：隐藏类型',
  lowRank: '生成：低秩',
  news: '带时钟的新闻',
  sessions: '会话',
  impressions: '展示日志',
  queries: '带等级的查询',
  bandit: '老虎机日志（模拟奖励）',
}

export const worldStories: Words<typeof englishStories> = {
  typedLatent: '生成的世界：{items} 个物品、{users} 名用户，共 {types} 种隐藏类型。',
  lowRank: '生成的低秩世界：{items} 个物品、{users} 名用户。',
  news: '{days} 天的新闻：每小时 {perHour} 条，{topics} 个主题，{users} 名用户按自己的意愿回访。',
  sessions: '一家有 {products} 个商品的商店，{users} 次访问，其间穿插推荐。',
  ratings: '导入的评分：{dataset}。',
  impressions: '按日志时钟回放 {dataset} 的展示：其候选与标签即候选池与真值。',
  queries: '{dataset} 的带等级查询，由 {users} 名模拟用户提出。',
  bandit: '{dataset} 的上下文，{users} 名模拟用户；奖励由日志估计。',
}

export const candidateKinds = { newest: '最新的', anyAge: '任意时长的' }

export const worldFields: Words<typeof englishFields> = {
  days: { label: '天数', help: '模拟时间的范围；之后的请求不再服务。' },
  logDays: { label: '此前日志天数', help: '运行前展示随机列表的天数，供学习器预训练。' },
  newsPerHour: { label: '每小时新闻数', help: '新物品的泊松速率。' },
  candidates: { label: '候选取自', help: '最新的物品，或从所有未过期物品中随机抽取。' },
  topics: { label: '主题数', help: '新闻的主题。' },
  providers: { label: '来源数', help: '新闻来源。' },
  dimensions: { label: '维数', help: '内容与偏好向量的长度。' },
  contentSpread: { label: '内容离散度', help: '围绕主题均值的标准差。' },
  qualityMean: { label: '平均质量', help: '以点击的 logit 计。' },
  qualitySpread: { label: '质量离散度', help: '标准差，以 logit 计。' },
  freshnessHours: { label: '新鲜度寿命', help: '点击几率降为 1/e 所需小时数（DRN：4.1）。' },
  expiryHours: { label: '过期时间', help: '超过此时长（小时）不再是候选。' },
  tasteWeight: { label: '偏好权重', help: '点击 logit 中 θ·x 的系数。' },
  tasteDrift: { label: '偏好漂移', help: '每日偏好变化幅度；0 表示关闭。' },
  tasteJump: { label: '偏好跳变', help: '每日跳到另一主题的概率。' },
  topicDrift: { label: '主题漂移', help: '主题热度的每日漂移。' },
  boredom: { label: '厌倦', help: '被点击主题的每个展示物品使该主题损失的 logit。' },
  boredomHours: { label: '厌倦半衰期', help: '以小时计。' },
  returnEffect: {
    label: '满意度对回访的影响',
    help: '每日间隔 = 24 小时 · exp(−此值 · 满意度)；0 表示无关。',
  },
  baitShare: {
    label: '诱饵来源比例',
    help: '其物品被点击却不令人满意的来源；0 表示每次点击都令人满意。',
  },
  baitLift: { label: '诱饵提升', help: '其物品在点击 logit 上的增加量。' },
  inSession: { label: '会话内比例', help: '下一次请求很快到来的概率。' },
  targetCtr: {
    label: '随机列表点击率',
    help: '偏移 c 取值使随机列表达到此点击率；0 则使用下面的偏移。',
  },
  offset: { label: '偏移 c', help: '上面的点击率为 0 时使用。' },
  products: { label: '商品数', help: '商店的物品。' },
  popularitySpread: { label: '热度离散度', help: 'μ 的标准差。' },
  drift: { label: '漂移', help: '每次自主浏览时 ω 的变化；0 表示关闭。' },
  flips: { label: '翻转', help: '点击时互换向量的相似商品对数。' },
  leave: { label: '离开概率', help: '每一步离开的概率。' },
  toOrganic: { label: '转入浏览的概率', help: '在一次推荐之后。' },
  toBandit: { label: '转入推荐的概率', help: '在自主浏览之后。' },
  logUsers: { label: '已有记录的用户', help: '其浏览记录已知的早期用户。' },
  pastShare: {
    label: '过去的占比',
    help: '日志或请求中运行之前的部分：学习器在其上训练，不作判断。',
  },
  clickedAttraction: { label: '被点击的候选', help: '日志中被点击的候选在被查看时的点击概率。' },
  otherAttraction: { label: '其他候选', help: '未被点击者的同一概率：用户可能没有看到它。' },
  penalty: { label: 'L2 惩罚', help: '估计奖励的逻辑回归的惩罚。' },
}
