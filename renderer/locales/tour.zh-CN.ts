/** Words of the four steps that point at what matters in a first run. */
export const tour = {
  label: '快速浏览',
  step: '第 {step} / {n} 步',
  back: '上一步',
  next: '下一步',
  close: '关闭',
  yours: '改成你的实验',
  delta: {
    title: '结论句。',
    text: '它说明用户更偏好哪个列表，或者尚未定论。Δ 表示程度：0 即没有偏好。',
  },
  interval: {
    title: '区间。',
    text: '它在每次查看时都成立，因此可随时查看。每多一名用户它就收窄一些；一旦 0 落在区间之外，即可定论。',
  },
  health: {
    title: '健康检查。',
    text: '只有双方机会均等，对决才算数。被拦截的检查会暂缓给出结论。',
  },
  export: {
    title: '报告。',
    text: '“导出”把结论及其全部依据存成一个文件。“改成你的实验”会以此设置新建实验。',
    later:
      '运行结束后，此处会出现“导出”，把全部内容存成一个文件。“改成你的实验”会以此设置新建实验。',
  },
}
