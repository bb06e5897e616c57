import { describe, expect, it } from 'vitest'
import { parseCommand, verbs } from '#electron/cli/arguments'
import { help } from '#electron/cli/help'
import { nearest } from '#electron/cli/nearest'
import { UsageError } from '#electron/cli/usageError'

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '))

describe('what is understood', () => {
  it.each([
    ['run duel', { verb: 'run', source: 'duel', seed: null, db: null, json: false }],
    [
      'run a.json --seed 7 --json --db x.db',
      { verb: 'run', source: 'a.json', seed: 7, db: 'x.db', json: true },
    ],
    ['run --seed=0 duel', { verb: 'run', source: 'duel', seed: 0 }],
    ['run duel --on MIND', { verb: 'runOn', design: 'duel', dataset: 'MIND', seed: null }],
    [
      'train ftrl --on MIND --seed 2',
      { verb: 'runOn', design: 'train', learner: 'ftrl', dataset: 'MIND', seed: 2 },
    ],
    [
      'analyze l.csv --events e.csv --window 24h',
      { verb: 'analyze', events: { file: 'e.csv', window: 86_400 } },
    ],
    [
      'import l.csv --as L --events e.csv',
      { verb: 'import', events: { file: 'e.csv', window: null } },
    ],
    ['resume 3', { verb: 'resume', run: 3 }],
    ['list', { verb: 'list', json: false }],
    ['show 12 --json', { verb: 'show', run: 12, json: true }],
    [
      'report 1 --format md --out r.md',
      { verb: 'report', run: 1, format: 'md', out: 'r.md', language: 'en' },
    ],
    [
      'report 1 --out r.HTML --language zh-cn',
      { verb: 'report', format: 'html', language: 'zh-CN' },
    ],
    [
      'report 1 --format html --blocks verdict,forest',
      { verb: 'report', parts: ['verdict', 'forest'] },
    ],
    ['reports list --json', { verb: 'reports', action: 'list', json: true }],
    [
      'reports export 3 --out r.pdf',
      { verb: 'reports', action: 'export', report: 3, format: 'pdf', language: null, out: 'r.pdf' },
    ],
    ['report 1 --format CSV', { verb: 'report', format: 'csv', out: null }],
    ['calibrate duel', { verb: 'calibrate', source: 'duel', repetitions: 1000, effect: 0.05 }],
    [
      'calibrate a.json --repetitions 20 --effect=-0.1 --seed 3 --json',
      { verb: 'calibrate', source: 'a.json', repetitions: 20, effect: -0.1, seed: 3, json: true },
    ],
    [
      'study calibration c.json --seed 2',
      { verb: 'study', kind: 'calibration', source: 'c.json', seed: 2 },
    ],
    ['study calibration 7', { verb: 'study', source: '7', seed: null }],
    ['models list --json', { verb: 'models', action: 'list', json: true }],
    [
      'models export 3 --out m.safetensors',
      { verb: 'models', action: 'export', model: 3, out: 'm.safetensors' },
    ],
    ['models save 2', { verb: 'models', action: 'save', run: 2, side: 0, name: null }],
    ['models rename 2 --name Best', { verb: 'models', action: 'rename', model: 2, name: 'Best' }],
    ['models import m.safetensors', { verb: 'models', action: 'import', file: 'm.safetensors' }],
    [
      'train spec.json --seed 4',
      { verb: 'study', kind: 'training', source: 'spec.json', seed: 4, json: false },
    ],
    ['models delete 3 --db x.db', { verb: 'models', action: 'delete', model: 3, db: 'x.db' }],
    ['import u.data --as ML', { verb: 'import', file: 'u.data', name: 'ML', kind: null, map: [] }],
    [
      'import log.csv --as L --kind bandit --map a=action,b=c=reward --max-bad 2.5% --rejects r.csv',
      {
        kind: 'bandit',
        map: [
          { column: 'a', field: 'action' },
          { column: 'b=c', field: 'reward' },
        ],
        maxBad: 0.025,
        rejects: 'r.csv',
      },
    ],
    ['sensitivity duel', { verb: 'sensitivity', source: 'duel', seeds: 5, json: false }],
    ['sensitivity a.json --seeds 3 --json', { verb: 'sensitivity', seeds: 3, json: true }],
    ['sample --list', { verb: 'sample' }],
    ['spec --schema', { verb: 'spec' }],
    ['serve', { verb: 'serve', port: null, open: true }],
    ['serve --port 8080 --no-open', { verb: 'serve', port: 8080, open: false }],
    ['doctor', { verb: 'doctor' }],
    ['', { verb: 'help', of: null }],
    ['--help', { verb: 'help', of: null }],
    ['help run', { verb: 'help', of: 'run' }],
    ['import --help', { verb: 'help', of: 'import' }],
    ['--version', { verb: 'version' }],
  ])('%s', (line, command) => expect(parse(line)).toMatchObject(command))
})

describe('what is refused, by name and with a remedy', () => {
  it.each([
    ['rnu duel', 'unknown command "rnu"; did you mean run?'],
    ['frobnicate', 'unknown command "frobnicate"; known are run, resume, list'],
    ['--sede 3', 'unknown option "--sede"'],
    ['run duel --sede 3', 'unknown option "--sede"; did you mean --seed?'],
    ['sensitivity duel --seeds 0', '--seeds is "0"; write how many seeds to run, 1 to 1000'],
    ['run duel -x', 'unknown option "-x"; known are --db, --seed, --on, --json, --no-json'],
    ['serve --no-opne', 'unknown option "--no-opne"; did you mean --no-open?'],
    ['run duel --no-seed', 'unknown option "--no-seed"'],
    ['list --toString', 'unknown option "--toString"'],
    ['toString', 'unknown command "toString"'],
    [
      'run',
      'run needs a spec file, the id of a sample, or explore or duel with --on DATASET; usage: run <spec.json|sample> | run explore|duel --on DATASET',
    ],
    ['run a.json b.json', '"b.json" is one argument too many'],
    ['list 3', '"3" is one argument too many'],
    ['calibrate duel --effect 0.6', '--effect is "0.6"; write a preference Δ from -0.5 to 0.5'],
    ['calibrate duel --effect x', '--effect is "x"'],
    ['calibrate duel --repetitions 0', '--repetitions is "0"; write an integer from 1'],
    ['study calibration', 'study needs a kind and a spec file'],
    ['study seance a.json', 'the kind is "seance"; write one of calibration'],
    ['run duel --seed', '--seed'],
    ['run duel --seed 1.5', '--seed is "1.5"; write an integer from 0'],
    ['run duel --seed=-1', '--seed is "-1"'],
    ['run duel --seed 9007199254740992', '--seed is "9007199254740992"'],
    ['run duel --seed 0x10', '--seed is "0x10"'],
    ['run duel --db=', '--db is empty'],
    ['run duel --json=yes', '--json'],
    ['resume', 'resume needs the number of a run'],
    ['resume x', 'the run is "x"'],
    ['show 0', 'the run is "0"'],
    ['show 1e3', 'the run is "1e3"'],
    ['report 1', 'report needs --format html|pdf|md|csv|xlsx|json|duelist'],
    ['report 1 --out report.docx', '--out is "report.docx", whose ending is none of them'],
    ['analyze l.csv --report r.pdf', '--report is "r.pdf"; end it in one of .html, .md'],
    ['help rnu', 'unknown command "rnu"; did you mean run?'],
    ['report 1 --format md --blocks verdict,', '--blocks is "verdict,"; write names with commas'],
    ['reports export 3', 'reports export needs --out FILE'],
    ['reports delete x', 'the report is "x"; write its number'],
    [
      'report 1 --format docx',
      '--format is "docx"; write one of html, pdf, md, csv, xlsx, json, duelist',
    ],
    ['report 1 --format md --language de', '--language is "de"; write one of en, zh-CN'],
    ['models', 'models needs list, save, export, import, rename or delete'],
    [
      'models lits',
      'the action is "lits"; write one of list, save, export, import, rename, delete',
    ],
    ['models list 3', '"3" is one argument too many'],
    ['models delete', 'the model is ""; write its number'],
    ['models rename 1', 'models rename needs --name NAME'],
    ['models import', 'models import needs a file'],
    ['models save 1 --side 9', '--side is "9"; write 0 for the first ranker'],
    ['models export 1', 'models export needs --out FILE'],
    ['import u.data', 'import needs --as NAME'],
    [`import u.data --as ${'x'.repeat(121)}`, '--as has 121 characters; write at most 120'],
    ['models rename 1 --name a\nb', '--name is "a\\nb"; write it without line breaks'],
    ['import u.data --as x --kind dreams', '--kind is "dreams"'],
    ['import u.data --as x --map user', '--map has "user"'],
    ['import u.data --as x --max-bad 101%', '--max-bad is "101%"'],
    ['sample', 'sample needs --list'],
    ['spec', 'spec needs --schema'],
    ['run split --on MIND', 'is "split"; write one of explore, duel'],
    ['train tpgr --on MIND', 'is "tpgr"; write one of drn, linear'],
    ['analyze l.csv --window 3', 'name it with --events FILE'],
    ['analyze l.csv --events e.csv --window 2weeks', '--window is "2weeks"; write a time'],
    ['serve --port 0', '--port is "0"; write a number from 1 to 65535'],
    ['serve --port 70000', '--port is "70000"'],
    ['serve --port http', '--port is "http"'],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError)
    expect(() => parse(line)).toThrow(message)
  })
})

it('finds the nearest word, or none', () => {
  expect(nearest('improt', Object.keys(verbs))).toBe('import')
  expect(nearest('RESUME', Object.keys(verbs))).toBe('resume')
  expect(nearest('xyzzy', Object.keys(verbs))).toBeNull()
})

it('has help for every verb and option', () => {
  const all = help(null)
  for (const [verb, { usage, about, options }] of Object.entries(verbs)) {
    expect(all).toContain(`  ${usage}\n      ${about}\n`)
    expect(usage.startsWith(verb)).toBe(true)
    for (const option of Object.keys(options)) {
      expect(usage).toContain(option === 'open' ? '--no-open' : `--${option}`)
    }
  }
  expect(help('run')).toContain('duelist run <spec.json|sample>')
})
