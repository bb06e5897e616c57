import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'vue/compiler-sfc'
import { createI18n } from 'vue-i18n'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { specRules } from '#core/contract/specs'
import { ExperimentSpec } from '#core/experimentSpec'
import { formFields, type Schema } from '#renderer/components/setup/formFields'
import { en } from '#renderer/locales/en'
import { zhCN } from '#renderer/locales/zh-CN'

type Tree = Readonly<Record<string, unknown>>

/** Every message by its path. */
function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flat(value as Tree, `${prefix}${key}.`),
  )
}

const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe('the words of the page', () => {
  const english = new Map(flat(en))
  const chinese = new Map(flat(zhCN))

  it('are the same set in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('fill in the same values in both languages', () => {
    for (const [key, message] of english) {
      const [one, other] = [placeholders(message), placeholders(chinese.get(key) ?? '')]
      // a plural form may leave its number out
      if (!message.includes(' | ')) expect({ key, names: other }).toEqual({ key, names: one })
    }
  })

  it('can be compiled, every one', () => {
    const i18n = createI18n({ legacy: false, locale: 'en', messages: { en, 'zh-CN': zhCN } })
    for (const locale of ['en', 'zh-CN'] as const) {
      i18n.global.locale.value = locale
      for (const key of english.keys()) {
        const text = i18n.global.t(key, { n: 2 }, 2)
        expect(text).not.toBe('')
        expect(text).not.toBe(key)
      }
    }
  })

  it('have one Chinese word for a word of the glossary', () => {
    const glossary: Readonly<Record<string, string>> = {
      oracle: '理论上界',
      'greedy mf': '贪心矩阵分解',
      popularity: '热门',
      'static-best list': '静态最优列表',
      'exploration cost': '探索代价',
      'item collapse': '推荐坍缩',
      'random seed': '随机种子',
      'position bias': '位置偏差',
      'e-value': 'e 值',
      'no-vote': '未投票',
      guardrails: '护栏指标',
      baseline: '基线',
    }
    const others = [...english].filter(([key, message]) => {
      const wanted = glossary[message.toLowerCase()]
      return wanted !== undefined && chinese.get(key) !== wanted
    })
    expect(others.map(([key, message]) => [key, message, chinese.get(key)])).toEqual([])
    // a reward is 奖励 everywhere; 回访 is a return visit
    expect([...chinese].filter(([, message]) => message.includes('回报'))).toEqual([])
  })

  it('say what several fields break together', () => {
    expect(Object.keys(en.issues).sort()).toEqual([...specRules].sort())
  })

  it('name every field of a spec and every choice of it', () => {
    const schema = z.toJSONSchema(ExperimentSpec, { io: 'input' }) as Schema
    // every kind of every part at least once
    const kinds = (part: string) =>
      schema.properties?.[part]?.oneOf?.map((branch) => branch.properties?.['kind']?.const) ?? []
    const parts = ['environment', 'click', 'interleaver', 'agent', 'explorer'].map(
      (part) => [part, kinds(part)] as const,
    )
    const most = Math.max(...parts.map(([, all]) => all.length))
    const specs = Array.from({ length: most }, (_, i) =>
      Object.fromEntries(parts.map(([part, all]) => [part, { kind: all[i % all.length] }])),
    )
    const fields = specs.flatMap((spec) => formFields(schema, spec))
    expect(fields.length).toBeGreaterThan(60)
    const missing = fields.flatMap(({ path, options, control }) =>
      [
        `fields.${path}.label`,
        `fields.${path}.help`,
        // the entries of a list of rankers have kinds of their own
        ...options.map(
          (option) => `options.${path}${control === 'rankers' ? '.kind' : ''}.${option}`,
        ),
      ].filter((key) => !english.has(key)),
    )
    expect(missing).toEqual([])
  })
})

describe('the templates', () => {
  const root = resolve(import.meta.dirname, '../../renderer')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.vue'),
  )
  const spoken = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label'])

  interface Node {
    readonly type: number
    readonly content?: unknown
    readonly props?: readonly {
      readonly name: string
      readonly value?: { readonly content: string }
    }[]
    readonly children?: readonly Node[]
  }

  /** Texts of a template that are not in `locales`: two letters in a row make a word. */
  function words(node: Node): string[] {
    const own = node.type === 2 && typeof node.content === 'string' ? [node.content] : []
    const attributes = (node.props ?? [])
      .filter(({ name, value }) => value && spoken.has(name))
      .map(({ value }) => value!.content)
    const inner = (node.children ?? []).flatMap(words)
    // Esc is a key's name in every language
    return [...own, ...attributes, ...inner].filter(
      (text) => /\p{L}{2}/u.test(text) && text.trim() !== 'Esc' && text.trim() !== 'MB',
    )
  }

  it.each(files)('%s holds no words of its own', (file) => {
    const { descriptor } = parse(readFileSync(join(root, file), 'utf8'))
    const tree = descriptor.template?.ast as unknown as Node | undefined
    expect(tree ? words(tree) : []).toEqual([])
  })
})
