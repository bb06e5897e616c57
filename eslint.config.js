import pluginVue from 'eslint-plugin-vue'
import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'

// Patterns are regular expressions: in `group`, a pattern that begins with # would be a comment.
const folder = (name) => ({
  regex: `^(#${name}/|(\\.\\./)+${name}/)`,
  message: `this layer may not import from ${name}/ (see docs/architecture.md)`,
})
const packages = (names, where) => ({
  regex: `^(${names.join('|')})(/.*)?$`,
  message: `only ${where} may import this`,
})
const tfjs = packages(
  ['@tensorflow/[\\w-]+'],
  'core/compute, core/agent and electron/worker/tfBackend.ts',
)
const electronOnly = packages(['electron'], 'the entry points of the desktop app')
const sqlite = packages(['better-sqlite3'], 'db/open.ts')
const duck = packages(['@duckdb/[\\w-]+'], 'db/duck')
const page = packages(
  ['vue', 'pinia', 'echarts', 'vue-echarts', 'vue-router', 'vue-i18n', 'naive-ui'],
  'renderer/',
)
const node = { regex: '^node:', message: 'this layer has no Node' }

const restrict = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
})

export default defineConfigWithVueTs(
  { ignores: ['dist/', 'node_modules/', 'test/oracles/', 'docs/', 'coverage/'] },
  pluginVue.configs['flat/recommended'],
  vueTsConfigs.strictTypeChecked,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // typed arrays under noUncheckedIndexedAccess
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off', // an optional prop is undefined by its type
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
    },
  },
  restrict(
    ['core/**'],
    [
      folder('db'),
      folder('electron'),
      folder('renderer'),
      folder('test'),
      tfjs,
      electronOnly,
      sqlite,
      duck,
      page,
      node,
    ],
    ['core/agent/**', 'core/compute/**'],
  ),
  restrict(
    ['core/agent/**', 'core/compute/**'],
    [
      folder('db'),
      folder('electron'),
      folder('renderer'),
      folder('test'),
      electronOnly,
      sqlite,
      duck,
      page,
      node,
    ],
  ),
  restrict(
    ['db/**'],
    [
      folder('electron'),
      folder('renderer'),
      folder('test'),
      tfjs,
      electronOnly,
      page,
      sqlite,
      duck,
    ],
    ['db/open.ts', 'db/duck/**'],
  ),
  restrict(
    ['db/open.ts'],
    [folder('electron'), folder('renderer'), folder('test'), tfjs, electronOnly, page, duck],
  ),
  restrict(
    ['db/duck/**'],
    [folder('electron'), folder('renderer'), folder('test'), tfjs, electronOnly, page, sqlite],
  ),
  restrict(
    ['electron/**'],
    [folder('renderer'), folder('test'), tfjs, electronOnly, sqlite, duck, page],
    [
      'electron/{main,window,menu,preload,appProtocol,guards}.ts',
      'electron/wire/ipc.ts',
      'electron/worker/{utility,tfBackend}.ts',
    ],
  ),
  restrict(
    [
      'electron/{main,window,menu,preload,appProtocol,guards}.ts',
      'electron/wire/ipc.ts',
      'electron/worker/utility.ts',
    ],
    [folder('renderer'), folder('test'), tfjs, sqlite, duck, page],
  ),
  restrict(
    ['electron/worker/tfBackend.ts'],
    [folder('renderer'), folder('test'), electronOnly, sqlite, duck, page],
  ),
  restrict(
    ['renderer/**'],
    [folder('db'), folder('electron'), folder('test'), tfjs, electronOnly, sqlite, duck, node],
  ),
  {
    files: ['core/**', 'renderer/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'randomness comes from seeded streams (core/random)',
        },
        { object: 'Date', property: 'now', message: "time is the environment's, or passed in" },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
