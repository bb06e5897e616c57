/** 已保存的模型：页面，以及作为排序器的模型。 */
export const models = {
  rankerModel: '排序器 {side} 的模型',
  noModels: '此工作区没有模型',
  choice: '{name}（{kind}，{id}）',
}
