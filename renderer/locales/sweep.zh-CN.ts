/** Words of the chart over α. */
export const sweep = {
  title: '{metric} 随 α 的变化',
  say: 'α 从 {from} 到 {to} 共 {n} 个取值，{seeds} 个种子：箱体为中间一半的种子，须线为全部。仅含 α 与种子不同的运行。',
  alone: '没有其他已完成的运行与此次仅 α 不同。以另一个 α 复制为新版本并运行后，两者会在此并列。',
  fork: '以另一个 α 复制为新版本',
  metric: '数值',
  least: '最小',
  most: '最大',
  seeds: '种子数',
  of: { delta: 'Δ', ctr: 'CTR', cost: '代价' },
}
