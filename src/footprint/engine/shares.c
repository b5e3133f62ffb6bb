/* Shares of variance for a tile of outputs and every input: given-data first order.
 *
 * One lane is one output. The draws, sorted by an input and cut into bins, are added up in that
 * order: sums of y, y^2, y^3, y^4 by bin, with y centred and of variance 1. From them come the
 * share S and the variance of its influence function, 2 y m - m^2 - S y^2; the formulae, and the
 * same arithmetic in numpy, are stress/sensitivity.py. Compiled once a processor and precision. */

#include <stdint.h>

#ifdef DOUBLE
typedef double real;
#else
typedef float real;
#endif

#ifndef BYTES
#define BYTES 16
#endif
#define LANES ((int64_t)(BYTES / sizeof(real)))
#define STILL 1e-12 /* a spread below this share of an output's size is none */

typedef real vec __attribute__((vector_size(BYTES)));
typedef double wide __attribute__((vector_size(BYTES / sizeof(real) * 8)));

typedef struct {
  int64_t draws, inputs, outputs, bins;
  const int32_t *order; /* [inputs, draws] draws in the order of each input */
  const int64_t *edge;  /* [bins + 1] */
  const real *y;        /* [draws, outputs] */
  double *share, *error; /* [inputs, outputs] */
} Sample;

/* Centre and scale the outputs from `first` on into y [draws]; NaN where one does not move. */
static void standardise(const Sample *s, int64_t first, vec *y) {
  const int64_t n = s->draws;
  for (int64_t d = 0; d < n; d++)
    for (int64_t i = 0; i < LANES; i++)
      y[d][i] = s->y[d * s->outputs + (first + i < s->outputs ? first + i : first)];
  const wide start = __builtin_convertvector(y[0], wide);
  wide sum = start - start, square = sum, size = sum, scale = sum;
  for (int64_t d = 0; d < n; d++) sum += __builtin_convertvector(y[d], wide) - start;
  const wide mean = start + sum / (double)n;
  for (int64_t d = 0; d < n; d++) {
    const wide value = __builtin_convertvector(y[d], wide), off = value - mean, other = -value;
    square += off * off;
    for (int64_t i = 0; i < LANES; i++) {
      const double far = value[i] > other[i] ? value[i] : other[i];
      size[i] = far > size[i] ? far : size[i];
    }
  }
  for (int64_t i = 0; i < LANES; i++) {
    const double spread = __builtin_sqrt(square[i] / n);
    scale[i] = spread > STILL * size[i] ? 1 / spread : __builtin_nan("");
  }
  for (int64_t d = 0; d < n; d++)
    y[d] = __builtin_convertvector((__builtin_convertvector(y[d], wide) - mean) * scale, vec);
}

/* sums [bins, 4] of the powers of y, in the order of one input. */
static void add_up(const Sample *s, const int32_t *order, const vec *y, wide *sums) {
  for (int64_t b = 0; b < s->bins; b++) {
    const vec nought = y[0] - y[0];
    vec one = nought, two = nought, three = nought, four = nought;
    for (int64_t d = s->edge[b]; d < s->edge[b + 1]; d++) {
      const vec v = y[order[d]], square = v * v;
      one += v;
      two += square;
      three += square * v;
      four += square * square;
    }
    sums[b * 4] = __builtin_convertvector(one, wide);
    sums[b * 4 + 1] = __builtin_convertvector(two, wide);
    sums[b * 4 + 2] = __builtin_convertvector(three, wide);
    sums[b * 4 + 3] = __builtin_convertvector(four, wide);
  }
}

static wide root(wide v) {
  for (int64_t i = 0; i < LANES; i++) v[i] = __builtin_sqrt(v[i]);
  return v;
}

static void judge(const Sample *s, const wide *sums, wide *share, wide *error) {
  const double n = (double)s->draws, bins = (double)s->bins;
  wide raw = sums[0] - sums[0], first = raw, second = raw, kept = raw;
  for (int64_t b = 0; b < s->bins; b++)
    raw += sums[b * 4] * sums[b * 4] / (double)(s->edge[b + 1] - s->edge[b]);
  raw /= n;
  const wide S = 1 - (n - 1) / (n - bins) * (1 - raw);
  for (int64_t i = 0; i < LANES; i++) kept[i] = raw[i] != 0 ? (S[i] > 0 ? S[i] : 0) / raw[i] : 0;
  kept = root(kept);
  for (int64_t b = 0; b < s->bins; b++) {
    const wide y1 = sums[b * 4], y2 = sums[b * 4 + 1], y3 = sums[b * 4 + 2], y4 = sums[b * 4 + 3];
    const double held = (double)(s->edge[b + 1] - s->edge[b]);
    const wide m = y1 / held * kept, m2 = m * m;
    first += 2 * m * y1 - held * m2 - S * y2;
    second += 4 * m2 * y2 + held * m2 * m2 + S * S * y4 - 4 * m2 * m * y1 - 4 * S * m * y3 +
              2 * S * m2 * y2;
  }
  wide spread = second / n - first * first / (n * n);
  for (int64_t i = 0; i < LANES; i++)
    if (spread[i] < 0) spread[i] = 0; /* rounding can take it below 0 */
  *share = S;
  *error = root(spread / n + 2 * (bins - 1) * (1 - S) * (1 - S) / (n * n));
}

/* Bytes of scratch a thread needs. */
int64_t NAME(shares_scratch)(const Sample *s) {
  return s->draws * (int64_t)sizeof(vec) + s->bins * 4 * (int64_t)sizeof(wide);
}

/* Take tiles of outputs from the shared counter until none is left. */
void NAME(shares)(const Sample *s, int64_t *next, void *memory) {
  wide *sums = (wide *)memory;
  vec *y = (vec *)(sums + s->bins * 4);
  for (;;) {
    const int64_t first = __atomic_fetch_add(next, 1, __ATOMIC_RELAXED) * LANES;
    if (first >= s->outputs) return;
    standardise(s, first, y);
    for (int64_t x = 0; x < s->inputs; x++) {
      wide share, error;
      add_up(s, s->order + x * s->draws, y, sums);
      judge(s, sums, &share, &error);
      for (int64_t i = 0; i < LANES && first + i < s->outputs; i++) {
        s->share[x * s->outputs + first + i] = share[i];
        s->error[x * s->outputs + first + i] = error[i];
      }
    }
  }
}
