/** Languages that people read; they alone are never translated. */
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]
