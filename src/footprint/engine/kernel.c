/* The cohort chain for a block of futures at once: people by place, sex, age and segment, then
 * activity, money, beds and staff. The same arithmetic, one future at a time, is oracle.py.
 *
 * Lanes. A `vec` is one vector register; lane i of every vec belongs to future i of the block, so
 * no lane ever meets another and a future's figures do not depend on its neighbours. This file
 * is compiled once for each kind of processor and each precision; entry.c picks one.
 *
 * Contraction before expansion. Written out, a year's cost of partner o is
 *
 *   sum over l, v, k of x[l,k] rate[v,k] service[v] mix[q,k] price[v] share[l,q,o]
 *
 * with place l, service v in group q and k = (sex, band, segment), times indices by group and year.
 * Growth, inflation and shares know a service only by its group, so services are added up first:
 *
 *   weight[q,k] = mix[q,k] sum over v in q of rate[v,k] service[v] price[v]      once a future
 *   worth[l,t,q] = sum over k of x[l,t,k] weight[q,k]                            6 groups, not 60
 *
 * and activity, which nobody asks for by place, is taken from people added up over places. That
 * is a tenth of the work, and the cohort step becomes the larger part.
 *
 * Cohort step. With flow f[g] = up n[g] - down n[g+1] between neighbouring segments,
 *
 *   n'[g] = (n[g] - f[g] + f[g-1]) (move - move lasting[t] death[g]),  move = 1 + net migration
 *
 * from age a-1 into age a, oldest first, so that one array is enough; the last age is open. Each
 * sex is followed through all years by itself (mothers first, births are kept), so that the array
 * of one place and sex stays in the nearest cache.
 *
 * Passes. Futures that differ in rates and prices only share their people: a job holds one block
 * of people and any number of passes over them. A pass that changes prices only keeps the
 * activity of the pass before.
 *
 * No allocation, no global state: the caller gives scratch memory and one counter of jobs. */

#include <stdint.h>

#ifdef DOUBLE
typedef double real;
#else
typedef float real;
#endif

#ifndef BYTES /* width of a vector register */
#define BYTES 16
#endif
#define LANES ((int64_t)(BYTES / sizeof(real)))
#define SMOST 16                      /* most segments */
#define TY 4                          /* years a tile */
#define TQ 3                          /* groups a tile */
#define TV (BYTES == 64 ? 5 : 2)      /* services a tile */
#define INLINE static inline __attribute__((always_inline))
#define LEAST(a, b) ((a) < (b) ? (a) : (b))

typedef real vec __attribute__((vector_size(BYTES)));
typedef double wide __attribute__((vector_size(BYTES / sizeof(real) * 8)));

typedef struct { /* sizes, layout of a future's row, and the area; order as in kernel.py */
  int64_t places, sexes, ages, segments, years, services, groups, partners, bands, coarse, mother;
  int64_t columns, slowed, improving, births, migrating, recovering, service, by_age, by_segment,
      growth, price, inflation;
  const int64_t *band_start, *coarse_of_band, *coarse_of_age, *service_order, *group_start;
  const real *people, *up, *down, *deaths, *fertility, *birth_share, *migration, *reach, *rates,
      *unit_price, *share, *bed_use, *staff_use;
} Area;

typedef struct {
  int64_t jobs;
  const int64_t *people;     /* [jobs, LANES] row of theta whose people each lane has */
  const int64_t *first_pass; /* [jobs + 1] */
  const int64_t *row;        /* [passes, LANES] row of theta, or -1 where a lane is idle */
  const uint8_t *same_use;   /* [passes] 1 where only prices differ from the pass before */
  const double *theta;       /* [n, columns] */
  real *cost, *activity, *beds, *staff; /* [n, T, O], [n, T, V], [n, T], [n, T]; may be null */
} Work;

typedef struct {
  int64_t keys; /* K = sexes x bands x segments */
  vec *slow, *lasting, *birth, *move, *again;           /* [C,G-1] [T,C] [1] [L] [1] */
  vec *born, *state, *x, *x_all;                        /* [T] [A,G] [L,T,K] [T,K] */
  vec *mix, *weight, *worth, *use_index, *price_index;  /* [Q,K] [Q,K] [T,Q] [T,Q] [T,Q] */
  vec *mixed, *cost, *activity;                         /* [TY,K] [T,O] [T,V] */
} Scratch;

static int64_t carve(const Area *a, Scratch *s, vec *base) {
  const int64_t C = a->coarse, G = a->segments, T = a->years, Q = a->groups;
  const int64_t K = a->sexes * a->bands * G;
  const int64_t sizes[] = {C * (G - 1), T * C, 1, a->places, 1, T, a->ages * G,
                           a->places * T * K, T * K, Q * K, Q * K, T * Q, T * Q, T * Q,
                           TY * K, T * a->partners, T * a->services};
  vec **parts[] = {&s->slow, &s->lasting, &s->birth, &s->move, &s->again, &s->born, &s->state,
                   &s->x, &s->x_all, &s->mix, &s->weight, &s->worth, &s->use_index,
                   &s->price_index, &s->mixed, &s->cost, &s->activity};
  int64_t used = 0;
  for (int i = 0; i < 17; i++) {
    if (base) *parts[i] = base + used;
    used += sizes[i];
  }
  s->keys = K;
  return used * (int64_t)sizeof(vec);
}

/* One column of theta for each lane; an idle lane repeats lane 0, which is never idle. */
INLINE wide fetch(const Work *w, const Area *a, const int64_t *rows, int64_t column) {
  wide v;
  for (int64_t i = 0; i < LANES; i++)
    v[i] = w->theta[(rows[i] < 0 ? rows[0] : rows[i]) * a->columns + column];
  return v;
}

INLINE vec narrow(wide v) { return __builtin_convertvector(v, vec); }

/* ---- people -------------------------------------------------------------------------------- */

static void read_people(const Area *a, const Work *w, Scratch *s, const int64_t *rows) {
  const int64_t C = a->coarse, moves = a->segments - 1;
  for (int64_t c = 0; c < C; c++) {
    const wide keep = 1 - fetch(w, a, rows, a->improving + c);
    wide lasting = keep - keep + 1;
    for (int64_t t = 0; t < a->years; t++, lasting *= keep) s->lasting[t * C + c] = narrow(lasting);
    for (int64_t k = 0; k < moves; k++)
      s->slow[c * moves + k] = narrow(fetch(w, a, rows, a->slowed + k * C + c) - 1);
  }
  *s->birth = narrow(fetch(w, a, rows, a->births));
  *s->again = narrow(fetch(w, a, rows, a->recovering));
  for (int64_t l = 0; l < a->places; l++) s->move[l] = narrow(fetch(w, a, rows, a->migrating + l));
}

/* Those of one age who are still there a year later, by their new segment. */
INLINE void survive(const int64_t G, const vec *n, const real *up, const real *down,
                    const real *deaths, const vec *slow, vec again, vec move, vec lost, vec *after) {
  vec from_below = move - move;
#pragma GCC unroll 16
  for (int64_t g = 0; g < G - 1; g++) {
    const vec flow = n[g] * (up[g] * slow[g]) - n[g + 1] * (down[g] * again);
    after[g] = (n[g] - flow + from_below) * (move - lost * deaths[g]);
    from_below = flow;
  }
  after[G - 1] = (n[G - 1] + from_below) * (move - lost * deaths[G - 1]);
}

INLINE vec count_births(const Area *a, const int64_t G, const vec *n, vec birth) {
  vec born = birth - birth;
  for (int64_t age = 0; age < a->ages; age++) {
    if (a->fertility[age] == 0) continue;
    vec women = n[age * G];
#pragma GCC unroll 16
    for (int64_t g = 1; g < G; g++) women += n[age * G + g];
    born += women * a->fertility[age];
  }
  return born * birth;
}

/* One place and sex through one year; x [B, G] receives people by band. */
INLINE void year_older(const Area *a, const Scratch *s, const int64_t G, int64_t sex, int64_t l,
                       const vec *slow, const vec *lasting, vec born, vec *n, vec *x) {
  const int64_t A = a->ages;
  const vec again = *s->again, movers = s->move[l];
  const real *up = a->up + sex * A * (G - 1), *down = a->down + sex * A * (G - 1);
  const real *deaths = a->deaths + sex * A * G, *migration = a->migration + sex * A;
  for (int64_t b = a->bands - 1; b >= 0; b--) {
    vec held[SMOST];
#pragma GCC unroll 16
    for (int64_t g = 0; g < G; g++) held[g] = born - born;
    for (int64_t age = a->band_start[b + 1] - 1; age >= a->band_start[b]; age--) {
      const vec move = 1 + movers * migration[age];
      vec after[SMOST];
      if (age == 0) {
        after[0] = born * a->birth_share[sex] * move;
#pragma GCC unroll 16
        for (int64_t g = 1; g < G; g++) after[g] = born - born;
      } else {
        const int64_t f = age - 1, c = a->coarse_of_age[f];
        survive(G, n + f * G, up + f * (G - 1), down + f * (G - 1), deaths + f * G,
                slow + c * (G - 1), again, move, move * lasting[c], after);
      }
      if (age == A - 1) {
        const int64_t c = a->coarse_of_age[age];
        vec stay[SMOST];
        survive(G, n + age * G, up + age * (G - 1), down + age * (G - 1), deaths + age * G,
                slow + c * (G - 1), again, move, move * lasting[c], stay);
#pragma GCC unroll 16
        for (int64_t g = 0; g < G; g++) after[g] += stay[g];
      }
#pragma GCC unroll 16
      for (int64_t g = 0; g < G; g++) {
        n[age * G + g] = after[g];
        held[g] += after[g];
      }
    }
#pragma GCC unroll 16
    for (int64_t g = 0; g < G; g++) x[b * G + g] = held[g];
  }
}

INLINE void follow_sex(const Area *a, const Scratch *s, const int64_t G, int64_t l, int64_t sex,
                       vec *x) {
  const int64_t cells = a->ages * G, moves = a->coarse * (G - 1);
  vec slow[64 * SMOST];
  for (int64_t i = 0; i < cells; i++)
    s->state[i] = *s->birth - *s->birth + a->people[(l * a->sexes + sex) * cells + i];
  for (int64_t t = 0; t < a->years; t++) {
    for (int64_t i = 0; i < moves; i++) slow[i] = 1 + a->reach[l * a->years + t] * s->slow[i];
    if (sex == a->mother) s->born[t] = count_births(a, G, s->state, *s->birth);
    year_older(a, s, G, sex, l, slow, s->lasting + t * a->coarse, s->born[t], s->state,
               x + t * s->keys + sex * a->bands * G);
  }
}

INLINE void follow(const Area *a, const Scratch *s, const int64_t G, int64_t l, vec *x) {
  follow_sex(a, s, G, l, a->mother, x);
  for (int64_t sex = 0; sex < a->sexes; sex++)
    if (sex != a->mother) follow_sex(a, s, G, l, sex, x);
}

/* People of one place by year and key; five segments, the usual number, are unrolled. */
static void follow_place(const Area *a, const Scratch *s, int64_t l, vec *x) {
  if (a->segments == 5)
    follow(a, s, 5, l, x);
  else
    follow(a, s, a->segments, l, x);
  const int64_t n = a->years * s->keys;
  if (l == 0)
    for (int64_t i = 0; i < n; i++) s->x_all[i] = x[i];
  else
    for (int64_t i = 0; i < n; i++) s->x_all[i] += x[i];
}

/* ---- rates and prices ---------------------------------------------------------------------- */

static void read_indices(const Area *a, const Work *w, Scratch *s, const int64_t *rows) {
  for (int64_t q = 0; q < a->groups; q++) {
    const wide growth = 1 + fetch(w, a, rows, a->growth + q);
    const wide inflation = 1 + fetch(w, a, rows, a->inflation + q);
    wide use = growth - growth + 1, price = use;
    for (int64_t t = 0; t < a->years; t++, use *= growth, price *= inflation) {
      s->use_index[t * a->groups + q] = narrow(use);
      s->price_index[t * a->groups + q] = narrow(use * price);
    }
  }
}

/* mix[q,k] and weight[q,k] of the derivation above. */
static void read_rates(const Area *a, const Work *w, Scratch *s, const int64_t *rows) {
  const int64_t G = a->segments, K = s->keys;
  vec worth[512];
  for (int64_t q = 0; q < a->groups; q++) {
    const int64_t first = a->group_start[q], count = a->group_start[q + 1] - first;
    for (int64_t k = 0; k < K; k++) {
      const int64_t c = a->coarse_of_band[k / G % a->bands], g = k % G;
      s->mix[q * K + k] = narrow(fetch(w, a, rows, a->by_age + q * a->coarse + c) *
                                 fetch(w, a, rows, a->by_segment + q * G + g));
      s->weight[q * K + k] = s->mix[q * K + k] - s->mix[q * K + k];
    }
    for (int64_t i = 0; i < count; i++) {
      const int64_t v = a->service_order[first + i];
      worth[i] = narrow(fetch(w, a, rows, a->service + v) * fetch(w, a, rows, a->price + v) *
                        (double)a->unit_price[v]);
    }
    for (int64_t i = 0; i < count; i++) {
      const real *rate = a->rates + a->service_order[first + i] * K;
      for (int64_t k = 0; k < K; k++) s->weight[q * K + k] += worth[i] * rate[k];
    }
    for (int64_t k = 0; k < K; k++) s->weight[q * K + k] *= s->mix[q * K + k];
  }
}

/* worth[t,q] = sum over k of x[t,k] weight[q,k]. A tile that overhangs repeats its last member. */
static void weigh(const Area *a, const Scratch *s, const vec *x) {
  const int64_t K = s->keys, T = a->years, Q = a->groups;
  for (int64_t t0 = 0; t0 < T; t0 += TY)
    for (int64_t q0 = 0; q0 < Q; q0 += TQ) {
      const vec *xs[TY], *ws[TQ];
      vec sum[TY][TQ];
      for (int i = 0; i < TY; i++) xs[i] = x + LEAST(t0 + i, T - 1) * K;
      for (int j = 0; j < TQ; j++) ws[j] = s->weight + LEAST(q0 + j, Q - 1) * K;
      for (int i = 0; i < TY; i++)
        for (int j = 0; j < TQ; j++) sum[i][j] = xs[0][0] - xs[0][0];
      for (int64_t k = 0; k < K; k++)
#pragma GCC unroll 8
        for (int j = 0; j < TQ; j++)
#pragma GCC unroll 8
          for (int i = 0; i < TY; i++) sum[i][j] += xs[i][k] * ws[j][k];
      for (int i = 0; i < TY; i++)
        for (int j = 0; j < TQ; j++)
          s->worth[LEAST(t0 + i, T - 1) * Q + LEAST(q0 + j, Q - 1)] = sum[i][j];
    }
}

/* Worth in a place goes to partners by their shares of each group. */
static void pay(const Area *a, const Scratch *s, int64_t l) {
  const int64_t Q = a->groups, O = a->partners;
  const real *share = a->share + l * Q * O;
  for (int64_t t = 0; t < a->years; t++) {
    for (int64_t q = 0; q < Q; q++) s->worth[t * Q + q] *= s->price_index[t * Q + q];
    for (int64_t o = 0; o < O; o++) {
      vec sum = s->cost[t * O + o];
      for (int64_t q = 0; q < Q; q++) sum += s->worth[t * Q + q] * share[q * O + o];
      s->cost[t * O + o] = sum;
    }
  }
}

/* Activity of the services `v` [TV] in the years t0 to t0 + TY, from people already mixed. */
INLINE void use_tile(const Area *a, const Scratch *s, const vec *sum_of, int64_t q, int64_t t0,
                     const int64_t *v) {
  const int64_t K = s->keys, T = a->years;
  const real *rate[TV];
  vec sum[TY][TV];
  for (int j = 0; j < TV; j++) rate[j] = a->rates + v[j] * K;
  for (int i = 0; i < TY; i++)
    for (int j = 0; j < TV; j++) sum[i][j] = s->mixed[0] - s->mixed[0];
  for (int64_t k = 0; k < K; k++)
#pragma GCC unroll 8
    for (int j = 0; j < TV; j++)
#pragma GCC unroll 8
      for (int i = 0; i < TY; i++) sum[i][j] += s->mixed[i * K + k] * rate[j][k];
  for (int i = 0; i < TY; i++)
    for (int j = 0; j < TV; j++) {
      const int64_t t = LEAST(t0 + i, T - 1);
      s->activity[t * a->services + v[j]] =
          sum[i][j] * sum_of[j] * s->use_index[t * a->groups + q];
    }
}

static void use_services(const Area *a, const Work *w, const Scratch *s, const int64_t *rows) {
  const int64_t K = s->keys, T = a->years;
  for (int64_t q = 0; q < a->groups; q++)
    for (int64_t t0 = 0; t0 < T; t0 += TY) {
      for (int i = 0; i < TY; i++)
        for (int64_t k = 0; k < K; k++)
          s->mixed[i * K + k] = s->x_all[LEAST(t0 + i, T - 1) * K + k] * s->mix[q * K + k];
      const int64_t end = a->group_start[q + 1];
      for (int64_t j0 = a->group_start[q]; j0 < end; j0 += TV) {
        int64_t v[TV];
        vec level[TV];
        for (int j = 0; j < TV; j++) {
          v[j] = a->service_order[LEAST(j0 + j, end - 1)];
          level[j] = narrow(fetch(w, a, rows, a->service + v[j]));
        }
        use_tile(a, s, level, q, t0, v);
      }
    }
}

/* ---- one job ------------------------------------------------------------------------------- */

INLINE void put(real *out, int64_t width, const vec *from, const int64_t *rows) {
  for (int64_t i = 0; i < LANES; i++)
    if (rows[i] >= 0)
      for (int64_t j = 0; j < width; j++) out[rows[i] * width + j] = from[j][i];
}

static void put_sum(const Area *a, const Scratch *s, const real *each, real *out,
                    const int64_t *rows) {
  for (int64_t t = 0; t < a->years; t++) {
    vec sum = s->activity[0] - s->activity[0];
    for (int64_t v = 0; v < a->services; v++) sum += s->activity[t * a->services + v] * each[v];
    for (int64_t i = 0; i < LANES; i++)
      if (rows[i] >= 0) out[rows[i] * a->years + t] = sum[i];
  }
}

static void finish(const Area *a, const Work *w, const Scratch *s, int64_t pass) {
  const int64_t *rows = w->row + pass * LANES;
  if (w->cost) put(w->cost, a->years * a->partners, s->cost, rows);
  if (!w->activity && !w->beds && !w->staff) return;
  if (!w->same_use[pass]) use_services(a, w, s, rows);
  if (w->activity) put(w->activity, a->years * a->services, s->activity, rows);
  if (w->beds) put_sum(a, s, a->bed_use, w->beds, rows);
  if (w->staff) put_sum(a, s, a->staff_use, w->staff, rows);
}

static void start_pass(const Area *a, const Work *w, Scratch *s, int64_t pass) {
  read_indices(a, w, s, w->row + pass * LANES);
  read_rates(a, w, s, w->row + pass * LANES);
  for (int64_t i = 0; i < a->years * a->partners; i++) s->cost[i] = *s->birth - *s->birth;
}

static void price_place(const Area *a, const Work *w, const Scratch *s, int64_t l, const vec *x) {
  if (!w->cost) return;
  weigh(a, s, x);
  pay(a, s, l);
}

static void do_job(const Area *a, const Work *w, Scratch *s, int64_t job) {
  const int64_t first = w->first_pass[job], passes = w->first_pass[job + 1] - first;
  const int64_t stride = passes > 1 ? a->years * s->keys : 0;
  read_people(a, w, s, w->people + job * LANES);
  if (passes == 1) start_pass(a, w, s, first);
  for (int64_t l = 0; l < a->places; l++) {
    follow_place(a, s, l, s->x + l * stride);
    if (passes == 1) price_place(a, w, s, l, s->x);
  }
  if (passes == 1) finish(a, w, s, first);
  for (int64_t p = first; passes > 1 && p < first + passes; p++) {
    start_pass(a, w, s, p);
    for (int64_t l = 0; l < a->places; l++) price_place(a, w, s, l, s->x + l * stride);
    finish(a, w, s, p);
  }
}

int64_t NAME(lanes)(void) { return LANES; }

int64_t NAME(scratch)(const Area *a) {
  Scratch s;
  return carve(a, &s, 0);
}

/* Take jobs from the shared counter until none is left; any number of threads may do so. */
void NAME(run)(const Area *a, const Work *w, int64_t *next, void *memory) {
  Scratch s;
  carve(a, &s, (vec *)memory);
  for (;;) {
    const int64_t job = __atomic_fetch_add(next, 1, __ATOMIC_RELAXED);
    if (job >= w->jobs) return;
    do_job(a, w, &s, job);
  }
}
