import type { RouteComponent } from 'vue-router'
import type { RunDetail } from '#core/contract/runs'
import { comparesNetworks } from '#core/run/comparesNetworks'
import type { StudyKind } from '#core/study/index'
import type { IconName } from './components/icons.ts'

/** Fetches the chunk of a page when it is first shown. */
type Page = () => Promise<RouteComponent>

/** One page of a place. Its words are `nav.<name>`. */
export interface View {
  readonly name: string
  readonly path: string
  readonly page: Page
  /** Reached from another page, so that neither tabs nor the palette list it. */
  readonly unlisted?: true
}

/** An entry of the rail: `nav.<name>`; the link leads to its first view. */
export interface Place {
  readonly name: string
  readonly icon: IconName
  /** Pressed after G. The numbers leave room for places to come. */
  readonly digit: string
  /** Two or more listed views get tabs above the page. */
  readonly views: readonly [View, ...View[]]
}

/** A tab of a run: `run.<name>`, at `/runs/:id/<name>`. */
export interface RunTab {
  readonly name: string
  readonly page: Page
  /** Whether this run has such a view; always when left out. */
  readonly shows?: (run: RunDetail) => boolean
}

/** The entries of the rail, in order. A new page is one entry here and its words under `nav`. */
export const places: readonly Place[] = [
  {
    name: 'home',
    icon: 'home',
    digit: '1',
    views: [{ name: 'home', path: '/', page: () => import('./pages/HomePage.vue') }],
  },
  {
    name: 'experiments',
    icon: 'experiments',
    digit: '2',
    views: [
      {
        name: 'experiments',
        path: '/experiments',
        page: () => import('./pages/ExperimentsPage.vue'),
      },
      {
        name: 'setup',
        path: '/new',
        page: () => import('./pages/SetupPage.vue'),
        unlisted: true,
      },
    ],
  },
  {
    name: 'compare',
    icon: 'compare',
    digit: '3',
    views: [{ name: 'compare', path: '/compare', page: () => import('./pages/ComparePage.vue') }],
  },
  {
    name: 'simulator',
    icon: 'dice',
    digit: '4',
    views: [
      {
        name: 'validity',
        path: '/simulator',
        page: () => import('./pages/ValidityPage.vue'),
      },
      {
        name: 'world',
        path: '/simulator/world',
        page: () => import('./pages/WorldPage.vue'),
      },
      {
        name: 'drift',
        path: '/simulator/drift',
        page: () => import('./pages/DriftPage.vue'),
      },
      {
        name: 'peekLab',
        path: '/simulator/peek-lab',
        page: () => import('./pages/PeekLabPage.vue'),
      },
    ],
  },
  {
    name: 'data',
    icon: 'data',
    digit: '5',
    views: [
      { name: 'data', path: '/data', page: () => import('./pages/DataPage.vue') },
      {
        name: 'logAnalysis',
        path: '/data/log-analysis',
        page: () => import('./pages/LogAnalysisPage.vue'),
      },
      { name: 'replay', path: '/data/off-policy', page: () => import('./pages/ReplayPage.vue') },
    ],
  },
  {
    name: 'models',
    icon: 'models',
    digit: '6',
    views: [
      { name: 'models', path: '/models', page: () => import('./pages/ModelsPage.vue') },
      { name: 'train', path: '/models/train', page: () => import('./pages/TrainPage.vue') },
    ],
  },
  {
    name: 'trees',
    icon: 'trees',
    digit: '7',
    views: [{ name: 'trees', path: '/trees', page: () => import('./pages/TreesPage.vue') }],
  },
  {
    name: 'reports',
    icon: 'report',
    digit: '8',
    views: [
      { name: 'reports', path: '/reports', page: () => import('./pages/ReportsPage.vue') },
      {
        name: 'report',
        path: '/reports/:report(\\d+)',
        page: () => import('./pages/ReportPage.vue'),
        unlisted: true,
      },
    ],
  },
  {
    name: 'learn',
    icon: 'learn',
    digit: '9',
    views: [{ name: 'learn', path: '/learn', page: () => import('./pages/LearnPage.vue') }],
  },
  {
    name: 'settings',
    icon: 'settings',
    digit: '0',
    views: [
      { name: 'settings', path: '/settings', page: () => import('./pages/SettingsPage.vue') },
    ],
  },
]

/** The tabs of a run, in order. A run belongs to the place `experiments`. */
export const runTabs: readonly RunTab[] = [
  { name: 'plan', page: () => import('./pages/PlanPage.vue') },
  { name: 'live', page: () => import('./pages/LivePage.vue') },
  { name: 'results', page: () => import('./pages/ResultsPage.vue') },
  {
    name: 'networks',
    page: () => import('./pages/NetworksPage.vue'),
    shows: ({ spec }) => comparesNetworks(spec),
  },
  { name: 'impressions', page: () => import('./pages/ImpressionsPage.vue') },
  { name: 'users', page: () => import('./pages/UsersPage.vue') },
  {
    name: 'offPolicy',
    page: () => import('./pages/OffPolicyPage.vue'),
    // only a log of decisions tells what was rewarded and how likely it was shown
    shows: ({ spec }) => spec.environment.kind === 'bandit',
  },
  { name: 'log', page: () => import('./pages/LogPage.vue') },
]

/** Views that tabs and the palette show. */
export const listed = ({ views }: Place): readonly View[] => views.filter((view) => !view.unlisted)
/** Where a kind of study is shown. */
export const studyPages: Readonly<Partial<Record<StudyKind, string>>> = {
  calibration: 'peekLab',
  drift: 'drift',
  logAnalysis: 'logAnalysis',
  replay: 'replay',
  training: 'train',
  validity: 'validity',
  decisionTime: 'trees',
}
