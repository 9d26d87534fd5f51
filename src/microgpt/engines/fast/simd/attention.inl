// Attention: heads side by side in a vector, without a sum over lanes for each pair of positions.

/// Heads that share a vector, or one that takes some vectors of its own (`deep` of them). A head
/// has W lanes of each. In its lanes stand W of its scores or weights: those of W keys, a chunk.
template <size_t W, class T>
class HeadGroup {
  public:
    HWY_INLINE HeadGroup(const Look<T>& look, size_t group)
        : look_(look),
          deep_(HWY_MAX(look.head_width / L, 1)),
          panel_(group * deep_),
          weights_(look.weights + group * L),
          chunk_(look.panels / deep_ * L) {}

    /// The scores of query i. Its row of `found` keeps the largest, for raise().
    HWY_INLINE void score(size_t i) const {
        const T* q = look_.q + panel_ * look_.q_stride + i * L;
        const size_t keys = look_.keys + i;
        T* weights = weights_ + i * look_.weights_stride;
        Vec<T> top = lowest_;
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> all = products(q, look_.q_stride, look_.k, first, keys);
            const auto is_key = hn::Lt(place_, set(static_cast<T>(keys - first)));
            const Vec<T> scores = hn::IfThenElse(is_key, all, lowest_);
            top = hn::Max(top, scores);
            store<T>(scores, weights);
        }
        store<T>(group_max<W, T>(top), found(i));
    }

    /// Their powers. Its row of `found` keeps their sum, for mix().
    HWY_INLINE void raise(size_t i) const {
        const Vec<T> top = load(found(i));
        T* weights = weights_ + i * look_.weights_stride;
        Vec<T> sum = hn::Zero(Tag<T>());
        for (size_t first = 0; first < look_.keys + i; first += W, weights += chunk_) {
            const Vec<T> below = hn::Mul(set(look_.scale), hn::Sub(load(weights), top));
            const Vec<T> power = hn::Exp(Tag<T>(), below);
            sum = hn::Add(sum, power);
            store<T>(power, weights);
        }
        store<T>(sum, found(i));
    }

    /// Its weights, and the values mixed by them.
    HWY_INLINE void mix(size_t i) const {
        const Vec<T> share = hn::Div(set(T{1}), group_sum<W, T>(load(found(i))));
        const size_t keys = look_.keys + i;
        T* weights = weights_ + i * look_.weights_stride;
        for (size_t first = 0; first < keys; first += W) {
            T* chunk = weights + first / W * chunk_;
            store<T>(hn::Mul(share, load(chunk)), chunk);
        }
        for (size_t r = 0; r < deep_; ++r) {
            const T* values = look_.v + (panel_ + r) * look_.kv_stride;
            Vec<T> mixed = hn::Zero(Tag<T>());
            for (size_t first = 0; first < keys; first += W) {
                const Vec<T> chunk = load(weights + first / W * chunk_);
                UNROLL for (size_t j = 0; j < W; ++j) {
                    if (first + j >= keys) continue;
                    const Vec<T> value = load(values + (first + j) * L);
                    mixed = hn::MulAdd(spread_(chunk, j), value, mixed);
                }
            }
            store<T>(mixed, found(i) + r * look_.found_stride);
        }
    }

    /// The slopes along query i's weights, into scratch. Returns their mean, by weight.
    HWY_INLINE Vec<T> weight_slopes(size_t i) const {
        const T* dfound = look_.dfound + panel_ * look_.found_stride + i * L;
        const size_t keys = look_.keys + i;
        const T* weights = weights_ + i * look_.weights_stride;
        Vec<T> mean = hn::Zero(Tag<T>());
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> slopes = products(dfound, look_.found_stride, look_.v, first, keys);
            mean = hn::MulAdd(load(weights), slopes, mean);
            store<T>(slopes, look_.scratch + first / W * L);
        }
        return group_sum<W, T>(mean);
    }

    /// From there to the slopes along the query, and, added to what is there, keys and values.
    HWY_INLINE void pass_back(size_t i, Vec<T> mean, size_t r) const {
        const size_t q_at = (panel_ + r) * look_.q_stride + i * L;
        const Vec<T> q = load(look_.q + q_at);
        const Vec<T> dfound = load(look_.dfound + (panel_ + r) * look_.found_stride + i * L);
        const size_t keys = look_.keys + i;
        const T* weights = weights_ + i * look_.weights_stride;
        Vec<T> dq = hn::Zero(Tag<T>());
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> chunk = load(weights);
            const Vec<T> above = hn::Sub(load(look_.scratch + first / W * L), mean);
            const Vec<T> dscores = hn::Mul(hn::Mul(set(look_.scale), chunk), above);
            UNROLL for (size_t j = 0; j < W; ++j) {
                if (first + j >= keys) break;
                const size_t at = (panel_ + r) * look_.kv_stride + (first + j) * L;
                const Vec<T> dscore = spread_(dscores, j);
                dq = hn::MulAdd(dscore, load(look_.k + at), dq);
                store<T>(hn::MulAdd(dscore, q, load(look_.dk + at)), look_.dk + at);
                store<T>(hn::MulAdd(spread_(chunk, j), dfound, load(look_.dv + at)), look_.dv + at);
            }
        }
        store<T>(dq, look_.dq + q_at);
    }

    size_t deep() const { return deep_; }

  private:
    static constexpr size_t L = lanes<T>;

    T* found(size_t i) const { return look_.found + panel_ * look_.found_stride + i * L; }

    /// In a head's lane j the product of its part of x with that of row first + j of a matrix of
    /// keys or values, if there is one, and else 0.
    HWY_INLINE Vec<T> products(const T* x, size_t x_stride, const T* matrix, size_t first,
                               size_t keys) const {
        Vec<T> each[W];
        UNROLL for (size_t j = 0; j < W; ++j) {
            each[j] = hn::Zero(Tag<T>());
            if (first + j >= keys) continue;
            const T* row = matrix + panel_ * look_.kv_stride + (first + j) * L;
            for (size_t r = 0; r < deep_; ++r) {
                const Vec<T> part = load(row + r * look_.kv_stride);
                each[j] = hn::MulAdd(load(x + r * x_stride), part, each[j]);
            }
        }
        return group_sums<W>(T(), each);
    }

    const Look<T>& look_;
    size_t deep_;
    size_t panel_;  // the first one of this group
    T* weights_;
    size_t chunk_;  // from one chunk of weights to the next
    const Spread<W, T>& spread_ = spread<W, T>();
    Vec<T> place_ = place_in_group<W, T>();
    Vec<T> lowest_ = set(std::numeric_limits<T>::lowest());
};

/// Three walks over the queries instead of one: in each, the queries do not wait for each other.
template <size_t W, class T>
HWY_NOINLINE void attend_in_groups(const Look<T>& look) {
    const size_t groups = look.panels / HWY_MAX(look.head_width / lanes<T>, 1);
    for (size_t group = 0; group < groups; ++group) {
        const HeadGroup<W, T> heads(look, group);
        for (size_t i = 0; i < look.queries; ++i) heads.score(i);
        for (size_t i = 0; i < look.queries; ++i) heads.raise(i);
        for (size_t i = 0; i < look.queries; ++i) heads.mix(i);
    }
}

template <size_t W, class T>
HWY_NOINLINE void attend_backward_in_groups(const Look<T>& look) {
    for (size_t panel = 0; panel < look.panels; ++panel) {
        for (size_t i = 0; i < look.queries; ++i) {
            const size_t at = panel * look.kv_stride + i * lanes<T>;
            store<T>(hn::Zero(Tag<T>()), look.dk + at);
            store<T>(hn::Zero(Tag<T>()), look.dv + at);
        }
    }
    const size_t groups = look.panels / HWY_MAX(look.head_width / lanes<T>, 1);
    for (size_t group = 0; group < groups; ++group) {
        const HeadGroup<W, T> heads(look, group);
        for (size_t i = 0; i < look.queries; ++i) {
            const Vec<T> mean = heads.weight_slopes(i);
            for (size_t r = 0; r < heads.deep(); ++r) heads.pass_back(i, mean, r);
        }
    }
}

/// Calls f with the lanes that a head takes of a vector, as a constant.
template <class T, size_t W = lanes<T>, class F>
HWY_INLINE void with_head_lanes(size_t head_width, F f) {
    if constexpr (W > 1) {
        if (head_width < W) return with_head_lanes<T, W / 2>(head_width, f);
    }
    f(std::integral_constant<size_t, W>());
}

template <class T>
void attend(const Look<T>& look) {
    with_head_lanes<T>(look.head_width, [&](auto w) { attend_in_groups<w()>(look); });
}

template <class T>
void attend_backward(const Look<T>& look) {
    with_head_lanes<T>(look.head_width, [&](auto w) { attend_backward_in_groups<w()>(look); });
}
