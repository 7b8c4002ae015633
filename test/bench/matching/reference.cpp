// The plain C++ reference of the matching bench: the same algorithms as libs/matching, the same generated market, typed arrays,
// cache-blocked alignment. Prints one JSON line. Usage: reference hr|spa|probe N REPEATS
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/resource.h>
#include <vector>

using std::vector;
typedef int32_t i32;

static double cpuMs() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}
static double peakMB() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss / 1024.0;
}

struct Dice {
  uint32_t a;
  double operator()() {
    a += 0x6d2b79f5u;
    uint32_t t = a;
    t = (t ^ (t >> 15)) * (t | 1);
    t ^= t + (t ^ (t >> 7)) * (t | 61);
    return (t ^ (t >> 14)) / 4294967296.0;
  }
};
static double hashed(uint32_t employer, uint32_t learner) {
  uint32_t h = (employer + 1) * 0x9e3779b1u ^ (learner + 1) * 0x85ebca6bu;
  h ^= h >> 16; h *= 0x7feb352du; h ^= h >> 15; h *= 0x846ca68bu; h ^= h >> 16;
  return h / 4294967296.0;
}

struct Market {
  i32 n, m, rankers;
  bool spa;
  vector<i32> start, entry, capacity, ranker, rankerCapacity, listStart, listLearner;
};

static Market generate(i32 n, bool spa) {
  Dice u{42};
  Market M;
  M.n = n;
  M.spa = spa;
  M.m = std::max(25, (i32)std::floor(n / 12.0 + 0.5));
  i32 m = M.m;
  M.capacity.resize(m);
  for (auto &c : M.capacity) c = 5 + (i32)(16 * u());
  vector<double> merit(n);
  for (auto &x : merit) x = u();
  M.start.assign(n + 1, 0);
  M.entry.reserve((size_t)n * 16);
  vector<i32> seen(m, -1);
  for (i32 s = 0; s < n; s++) {
    i32 length = 10 + (i32)(11 * u());
    for (i32 i = 0; i < length;) {
      double x = u();
      i32 v = (i32)(m * x * std::sqrt(x));
      if (seen[v] == s) continue;
      seen[v] = s;
      M.entry.push_back(v);
      i++;
    }
    M.start[s + 1] = M.entry.size();
  }
  M.ranker.resize(m);
  M.rankers = spa ? (m + 4) / 5 : m;
  for (i32 v = 0; v < m; v++) M.ranker[v] = spa ? v / 5 : v;
  M.rankerCapacity.assign(M.rankers, 0);
  for (i32 v = 0; v < m; v++) M.rankerCapacity[M.ranker[v]] += M.capacity[v];
  if (spa) for (auto &c : M.rankerCapacity) c = (i32)(0.85 * c);
  struct Applicant { double key; i32 learner; };
  vector<vector<Applicant>> lists(M.rankers);
  vector<i32> last(M.rankers, -1);
  for (i32 s = 0; s < n; s++)
    for (i32 k = M.start[s]; k < M.start[s + 1]; k++) {
      i32 r = M.ranker[M.entry[k]];
      if (!spa) lists[r].push_back({merit[s] + u(), s});
      else if (last[r] != s) { last[r] = s; lists[r].push_back({merit[s] + hashed(r, s), s}); }
    }
  M.listStart.assign(M.rankers + 1, 0);
  for (i32 r = 0; r < M.rankers; r++) {
    auto &list = lists[r];
    std::sort(list.begin(), list.end(), [](const Applicant &a, const Applicant &b) { return a.key > b.key || (a.key == b.key && a.learner < b.learner); });
    for (auto &x : list) M.listLearner.push_back(x.learner);
    M.listStart[r + 1] = M.listLearner.size();
    vector<Applicant>().swap(list);
  }
  return M;
}

static const int BITS = 12, BLOCK = 1 << BITS;

static vector<i32> align(const Market &M) {
  i32 n = M.n, blocks = (n + BLOCK - 1) >> BITS;
  i32 total = M.listLearner.size();
  vector<i32> position(M.entry.size(), -1), offset(blocks + 1, 0), index(total);
  vector<uint16_t> local(total);
  for (i32 i = 0; i < total; i++) offset[(M.listLearner[i] >> BITS) + 1]++;
  for (i32 b = 0; b < blocks; b++) offset[b + 1] += offset[b];
  vector<i32> cursor(offset.begin(), offset.end() - 1);
  for (i32 i = 0; i < total; i++) {
    i32 s = M.listLearner[i], at = cursor[s >> BITS]++;
    local[at] = s & (BLOCK - 1);
    index[at] = i;
  }
  vector<i32> owner;
  for (i32 b = 0; b < blocks; b++) {
    i32 first = b << BITS, lastRow = std::min(n, first + BLOCK), base = M.start[first], end = M.start[lastRow];
    const i32 *owners = M.entry.data();
    i32 shift = 0;
    if (M.spa) {
      owner.resize(end - base);
      for (i32 k = base; k < end; k++) owner[k - base] = M.ranker[M.entry[k]];
      owners = owner.data();
      shift = base;
    }
    i32 who = 0, whoStart = 0, whoEnd = M.listStart[1];
    for (i32 at = offset[b]; at < offset[b + 1]; at++) {
      i32 i = index[at];
      while (i >= whoEnd) { who++; whoStart = whoEnd; whoEnd = M.listStart[who + 1]; }
      i32 s = first + local[at];
      for (i32 k = M.start[s] - shift, e = M.start[s + 1] - shift; k < e; k++)
        if (owners[k] == who) { position[k + shift] = i - whoStart; if (!M.spa) break; }
    }
  }
  return position;
}

struct State {
  vector<i32> held, next, heapStart, key, learner, size, filled, threshold, bitStart;
  vector<uint32_t> bits;
};
static const i32 OPEN = 0x7fffffff;

static State open(const Market &M) {
  State S;
  S.held.assign(M.n, -1);
  S.next.assign(M.start.begin(), M.start.end() - 1);
  S.heapStart.assign(M.m + 1, 0);
  for (i32 v = 0; v < M.m; v++) S.heapStart[v + 1] = S.heapStart[v] + M.capacity[v];
  S.key.resize(S.heapStart[M.m]);
  S.learner.resize(S.heapStart[M.m]);
  S.size.assign(M.m, 0);
  if (M.spa) {
    S.filled.assign(M.rankers, 0);
    S.threshold.assign(M.rankers, OPEN);
    S.bitStart.assign(M.rankers + 1, 0);
    for (i32 r = 0; r < M.rankers; r++) S.bitStart[r + 1] = S.bitStart[r] + ((M.listStart[r + 1] - M.listStart[r] + 31) >> 5);
    S.bits.assign(S.bitStart[M.rankers], 0);
  }
  return S;
}

static inline void push(i32 *key, i32 *value, i32 at, i32 k, i32 x) {
  while (at > 0) {
    i32 up = (at - 1) >> 1;
    if (key[up] >= k) break;
    key[at] = key[up]; value[at] = value[up]; at = up;
  }
  key[at] = k; value[at] = x;
}
static inline void replaceTop(i32 *key, i32 *value, i32 size, i32 k, i32 x) {
  i32 at = 0;
  for (;;) {
    i32 down = 2 * at + 1;
    if (down >= size) break;
    if (down + 1 < size && key[down + 1] > key[down]) down++;
    if (key[down] <= k) break;
    key[at] = key[down]; value[at] = value[down]; at = down;
  }
  key[at] = k; value[at] = x;
}
static inline i32 lastBit(const uint32_t *bits, i32 word) {
  while (!bits[word]) word--;
  return (word << 5) + 31 - __builtin_clz(bits[word]);
}

static void propose(const Market &M, const vector<i32> &position, State &S, i32 from, i32 to) {
  for (i32 s0 = from; s0 < to; s0++) {
    i32 s = s0;
    while (s >= 0) {
      i32 end = M.start[s + 1], rejected = -1, k = S.next[s];
      for (; k < end; k++) {
        i32 v = M.entry[k], mine = position[k], base = S.heapStart[v], slots = S.heapStart[v + 1] - base, used = S.size[v];
        i32 *key = S.key.data() + base, *who = S.learner.data() + base;
        if (!M.spa) {
          if (used < slots) { push(key, who, used, mine, s); S.size[v] = used + 1; S.held[s] = k++; break; }
          if (mine < key[0]) { rejected = who[0]; S.held[rejected] = -1; replaceTop(key, who, used, mine, s); S.held[s] = k++; break; }
          continue;
        }
        i32 r = M.ranker[v], limit = S.threshold[r];
        if (mine > limit) continue;
        uint32_t *bits = S.bits.data() + S.bitStart[r];
        if (used < slots) {
          push(key, who, used, mine, s);
          S.size[v] = used + 1;
          S.held[s] = k++;
          bits[mine >> 5] |= 1u << (mine & 31);
          i32 now = S.filled[r] + 1;
          if (now < M.rankerCapacity[r]) S.filled[r] = now;
          else if (limit == OPEN) { S.filled[r] = now; S.threshold[r] = lastBit(bits, S.bitStart[r + 1] - S.bitStart[r] - 1); }
          else {
            rejected = M.listLearner[M.listStart[r] + limit];
            i32 left = M.entry[S.held[rejected]], size = --S.size[left];
            S.held[rejected] = -1;
            i32 b = S.heapStart[left];
            if (size > 0) replaceTop(S.key.data() + b, S.learner.data() + b, size, S.key[b + size], S.learner[b + size]);
            bits[limit >> 5] &= ~(1u << (limit & 31));
            S.threshold[r] = lastBit(bits, limit >> 5);
          }
          break;
        }
        i32 worst = key[0];
        if (mine < worst) {
          rejected = who[0];
          S.held[rejected] = -1;
          replaceTop(key, who, used, mine, s);
          S.held[s] = k++;
          bits[worst >> 5] &= ~(1u << (worst & 31));
          bits[mine >> 5] |= 1u << (mine & 31);
          if (worst == limit) S.threshold[r] = lastBit(bits, limit >> 5);
          break;
        }
      }
      S.next[s] = k;
      s = rejected;
    }
  }
}

static i32 blocking(const Market &M, const vector<i32> &position, const vector<i32> &held) {
  vector<i32> filled(M.m, 0), worst(M.m, 0), whoFilled(M.rankers, 0), whoWorst(M.rankers, 0);
  for (i32 s = 0; s < M.n; s++) {
    i32 k = held[s];
    if (k < 0) continue;
    i32 v = M.entry[k], r = M.ranker[v];
    filled[v]++; whoFilled[r]++;
    worst[v] = std::max(worst[v], position[k]);
    whoWorst[r] = std::max(whoWorst[r], position[k]);
  }
  i32 found = 0;
  for (i32 s = 0; s < M.n; s++) {
    i32 end = held[s] < 0 ? M.start[s + 1] : held[s], boss = held[s] < 0 ? -1 : M.ranker[M.entry[held[s]]];
    for (i32 k = M.start[s]; k < end; k++) {
      i32 v = M.entry[k], r = M.ranker[v];
      if (filled[v] < M.capacity[v]) {
        if (whoFilled[r] < M.rankerCapacity[r] || boss == r || position[k] < whoWorst[r]) found++;
      } else if (position[k] < worst[v]) found++;
    }
  }
  return found;
}

static double median(vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

/** Nanoseconds of one dependent random read over 256 MB. */
static double probe() {
  size_t n = 1 << 26;
  vector<uint32_t> next(n);
  for (size_t i = 0; i < n; i++) next[i] = i;
  uint64_t x = 88172645463325252ull;
  for (size_t i = n - 1; i > 0; i--) {
    x ^= x << 13; x ^= x >> 7; x ^= x << 17;
    std::swap(next[i], next[x % i]);
  }
  uint32_t at = 0;
  double from = cpuMs();
  const int steps = 5000000;
  for (int i = 0; i < steps; i++) at = next[at];
  double ns = (cpuMs() - from) * 1e6 / steps;
  return at == 0xffffffffu ? 0 : ns;
}

int main(int argc, char **argv) {
  std::string what = argc > 1 ? argv[1] : "";
  if (what == "probe") {
    printf("{\"latencyNs\":%.1f}\n", probe());
    return 0;
  }
  if (argc < 4 || (what != "hr" && what != "spa")) return 2;
  i32 n = atoi(argv[2]), repeats = atoi(argv[3]);
  Market M = generate(n, what == "spa");
  vector<double> prep, solve, verify;
  uint32_t hash = 0;
  i32 bad = 0, matched = 0;
  for (i32 i = 0; i < repeats; i++) {
    double a = cpuMs();
    vector<i32> position = align(M);
    double b = cpuMs();
    State S = open(M);
    propose(M, position, S, 0, n);
    double c = cpuMs();
    bad += blocking(M, position, S.held);
    double d = cpuMs();
    prep.push_back(b - a); solve.push_back(c - b); verify.push_back(d - c);
    hash = 2166136261u; matched = 0;
    for (i32 s = 0; s < n; s++) {
      i32 v = S.held[s] < 0 ? -1 : M.entry[S.held[s]];
      matched += v >= 0;
      hash = (hash ^ (uint32_t)(v + 1)) * 16777619u;
    }
  }
  vector<i32> position = align(M);
  State S = open(M);
  i32 late = std::min(2000, n / 10);
  propose(M, position, S, 0, n - late);
  double a = cpuMs();
  propose(M, position, S, n - late, n);
  double insert = (cpuMs() - a) * 1e3 / late;
  printf("{\"prepMs\":%.4f,\"solveMs\":%.4f,\"verifyMs\":%.4f,\"insertUs\":%.3f,\"rssMB\":%.0f,\"pairs\":%zu,\"matched\":%d,\"blocking\":%d,\"hash\":%u}\n", median(prep), median(solve), median(verify), insert, peakMB(), M.entry.size(), matched, bad, hash);
  return 0;
}
