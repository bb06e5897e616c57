/** Formulas of the Learn page, in symbols that need no language; their names are `learn.formulas.names`. */
export const formulaList = [
  {
    id: 'betting',
    math: 'K(m) = max(½ Π(1 + min(λ_t, ½/m)(x_t − m)), ½ Π(1 − min(λ_t, ½/(1−m))(x_t − m))); interval {m : K(m) < 1/δ}, λ_t = √(2 ln(2/δ) / (v_{t−1} t ln(1+t)))',
    source: 'Waudby-Smith & Ramdas, JRSS-B 86(1), 2024',
  },
  {
    id: 'asymptotic',
    math: 'x̄ ± s √(2(nρ² + 1)/(n²ρ²) · ln(√(nρ² + 1)/δ))',
    source: 'Waudby-Smith et al., Annals of Statistics 52(6), 2024',
  },
  {
    id: 'clustered',
    math: 'p = Σs_g / N; variance Σ(s_g − p n_g)²/(1 − n_g/N) / N²; t with tr(B)²/tr(B²) degrees of freedom',
    source: 'Imbens & Kolesár, Review of Economics and Statistics 98(4), 2016',
  },
  {
    id: 'designEffect',
    math: 'G/(G−1) · Σ(s_g − p n_g)²/N² over the variance of N independent votes',
    source: 'Kish, Survey Sampling, 1965',
  },
  {
    id: 'eBh',
    math: 'k = max{i : e_{[i]} ≥ m/(iδ)}; reject e ≥ m/(kδ)',
    source: 'Wang & Ramdas, JRSS-B 84(3), 2022',
  },
  {
    id: 'sampleRatio',
    math: 'BF = Π DirMult(x_t | a_t) / Mult(x_t | p₀), a_{t+1} = a_t + x_t; p = min(1, min 1/BF)',
    source: 'Lindon & Malek, NeurIPS 2022',
  },
  {
    id: 'power',
    math: 'm = ((z_{1−δ/2}/2 + z_power √(p(1 − p))) / (p − ½))², below 5,000 the smallest n with the exact power at n … n + 59',
    source: 'exact binomial search',
  },
  {
    id: 'sensitivity',
    math: 'R = (z²/n of interleaving) / (z²/n of the A/B test)',
    source: 'Chapelle, Joachims, Radlinski & Yue, TOIS 30(1), 2012',
  },
  {
    id: 'ips',
    math: 'IPS = mean(w r); SNIPS = Σ w r / Σ w; w = π_e(a|x)/π_b(a|x)',
    source: 'Swaminathan & Joachims, NeurIPS 2015',
  },
  {
    id: 'rbo',
    math: 'RBO = (1 − p) Σ p^{d−1} · overlap of the first d / d, extrapolated',
    source: 'Webber, Moffat & Zobel, TOIS 28(4), 2010, eq. 32',
  },
  {
    id: 'ndcg',
    math: 'Σ (2^rel − 1)/log₂(i + 1) over that of the best order of the whole pool',
    source: 'Järvelin & Kekäläinen, TOIS 20(4), 2002',
  },
  { id: 'diversity', math: 'exp(−Σ p_i ln p_i)', source: 'Jost, Oikos 113(2), 2006' },
] as const

/** Entries of the errata list that the page tells; their words are `learn.errata.notes`. */
export const errataIds = ['P1', 'P5', 'P7', 'P8', 'B7', 'B19', 'B26', 'A4', 'A6'] as const
