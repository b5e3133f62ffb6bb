/* One way in: what was compiled for the processor at hand, in the precision asked for. */

#include <stdint.h>

#define EACH(level, precision)                                                  \
  int64_t lanes_##level##_##precision(void);                                    \
  int64_t scratch_##level##_##precision(const void *);                          \
  void run_##level##_##precision(const void *, const void *, int64_t *, void *); \
  int64_t shares_scratch_##level##_##precision(const void *);                   \
  void shares_##level##_##precision(const void *, int64_t *, void *);
#define BOTH(level) EACH(level, single) EACH(level, double)

BOTH(base)
#define BY_PRECISION(what, level) (is_double ? what##_##level##_double : what##_##level##_single)
#ifdef LEVELS
BOTH(v3)
BOTH(v4)
#define PICK(what)                                     \
  (level == 4   ? BY_PRECISION(what, v4)               \
   : level == 3 ? BY_PRECISION(what, v3)               \
                : BY_PRECISION(what, base))
#else
#define PICK(what) ((void)level, BY_PRECISION(what, base))
#endif

const char *footprint_digest(void) { return DIGEST; }

/* 4: 64-byte registers (x86-64-v4), 3: 32-byte (x86-64-v3), 0: what every machine has. */
int64_t footprint_level(void) {
#ifdef LEVELS
  __builtin_cpu_init();
  const int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                 __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  const int v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl");
  return v3 && v4 ? 4 : v3 ? 3 : 0;
#else
  return 0;
#endif
}

int64_t footprint_lanes(int64_t level, int64_t is_double) { return PICK(lanes)(); }

int64_t footprint_scratch(int64_t level, int64_t is_double, const void *area) {
  return PICK(scratch)(area);
}

void footprint_run(int64_t level, int64_t is_double, const void *area, const void *work,
                   int64_t *next, void *memory) {
  PICK(run)(area, work, next, memory);
}

int64_t footprint_shares_scratch(int64_t level, int64_t is_double, const void *sample) {
  return PICK(shares_scratch)(sample);
}

void footprint_shares(int64_t level, int64_t is_double, const void *sample, int64_t *next,
                      void *memory) {
  PICK(shares)(sample, next, memory);
}
