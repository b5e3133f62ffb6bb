/* One way in: the kernel for the processor at hand, in the precision asked for. */

#include <stdint.h>

#define DECLARE(level)                                            \
  int64_t lanes_##level##_single(void);                           \
  int64_t lanes_##level##_double(void);                           \
  int64_t scratch_##level##_single(const void *);                 \
  int64_t scratch_##level##_double(const void *);                 \
  void run_##level##_single(const void *, const void *, int64_t *, void *); \
  void run_##level##_double(const void *, const void *, int64_t *, void *);

#define PICK(what, ...) (is_double ? what##_double(__VA_ARGS__) : what##_single(__VA_ARGS__))

DECLARE(base)
#ifdef LEVELS
DECLARE(v3)
DECLARE(v4)
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

int64_t footprint_lanes(int64_t level, int64_t is_double) {
#ifdef LEVELS
  if (level == 4) return PICK(lanes_v4);
  if (level == 3) return PICK(lanes_v3);
#endif
  (void)level;
  return PICK(lanes_base);
}

int64_t footprint_scratch(int64_t level, int64_t is_double, const void *area) {
#ifdef LEVELS
  if (level == 4) return PICK(scratch_v4, area);
  if (level == 3) return PICK(scratch_v3, area);
#endif
  (void)level;
  return PICK(scratch_base, area);
}

void footprint_run(int64_t level, int64_t is_double, const void *area, const void *work,
                   int64_t *next, void *memory) {
#ifdef LEVELS
  if (level == 4) {
    PICK(run_v4, area, work, next, memory);
    return;
  }
  if (level == 3) {
    PICK(run_v3, area, work, next, memory);
    return;
  }
#endif
  (void)level;
  PICK(run_base, area, work, next, memory);
}
