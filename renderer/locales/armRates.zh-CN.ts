import type { armRates as english } from './armRates.en.ts'

export const armRates: { readonly [K in keyof typeof english]: string } = {
  title: '每个列表的点击',
  unit: '各组自己的用户 · {n} 名用户',
  difference: '每个列表的点击数之差',
  served: '实际展示的列表',
  users: '{n} 名用户',
}
