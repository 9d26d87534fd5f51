// Layers that work row by row: embeddings, rmsnorm and the loss.

template <class T>
HWY_NOINLINE void embed(const Embedding<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t panel = job.first; panel < job.last; ++panel) {
        const T* tokens = job.table + panel * job.table_stride;
        const T* positions = tokens + (job.vocab_size + job.first_position) * L;
        T* x = job.x + panel * job.stride;
        for (size_t p = 0; p < job.tokens.size(); ++p) {
            store<T>(hn::Add(load(tokens + job.tokens[p] * L), load(positions + p * L)), x + p * L);
        }
    }
}

template <class T>
HWY_NOINLINE void embed_backward(const Embedding<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t panel = job.first; panel < job.last; ++panel) {
        T* tokens = job.table + panel * job.table_stride;
        T* positions = tokens + (job.vocab_size + job.first_position) * L;
        const T* x = job.x + panel * job.stride;
        for (size_t p = 0; p < job.tokens.size(); ++p) {
            const Vec<T> g = load(x + p * L);
            T* token = tokens + job.tokens[p] * L;
            store<T>(hn::Add(load(token), g), token);
            store<T>(hn::Add(load(positions + p * L), g), positions + p * L);
        }
    }
}

// ---- rmsnorm

template <class T>
HWY_NOINLINE void rmsnorm(const Norm<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t row = 0; row < job.rows; ++row) {
        Vec<T> squares = hn::Zero(Tag<T>());
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            const Vec<T> x = load(job.x + at);
            squares = hn::MulAdd(x, x, squares);
        }
        const T sum = hn::GetLane(hn::SumOfLanes(Tag<T>(), squares));
        const T mean = sum / static_cast<T>(job.n_embd);
        job.scale[row] = 1 / std::sqrt(mean + static_cast<T>(1e-5));
        const Vec<T> scale = set(job.scale[row]);
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            store<T>(hn::Mul(scale, load(job.x + at)), job.y + at);
        }
    }
}

/// dx = scale dy - scale³ (x·dy / n_embd) x: what y passes on itself, and by way of the scale.
template <class T>
HWY_NOINLINE void rmsnorm_backward(const Norm<T>& job) {
    constexpr size_t L = lanes<T>;
    const Vec<T> share = set(T{1} / static_cast<T>(job.n_embd));
    for (size_t row = 0; row < job.rows; ++row) {
        Vec<T> along = hn::Zero(Tag<T>());
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            along = hn::MulAdd(load(job.x + at), load(job.dy + at), along);
        }
        const Vec<T> scale = set(job.scale[row]);
        const Vec<T> cube = hn::Mul(hn::Mul(scale, scale), scale);
        const Vec<T> pull = hn::Mul(hn::Mul(cube, share), hn::SumOfLanes(Tag<T>(), along));
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            const Vec<T> straight = hn::Mul(scale, load(job.dy + at));
            Vec<T> dx = hn::NegMulAdd(pull, load(job.x + at), straight);
            if (job.plus != nullptr) dx = hn::Add(dx, load(job.plus + at));
            store<T>(dx, job.dx + at);
        }
    }
}

// ---- What comes of logits

/// Rows of logits. Where one of them is infinite, or no number, `zeros` is no number: 0 times that.
template <class T>
struct Logits {
    HWY_INLINE Logits(T* its_first, size_t vocab_size, size_t its_stride)
        : first(its_first),
          stride(its_stride),
          panels(padded(vocab_size, lanes<T>) / lanes<T>),
          in_last(vocab_size - (panels - 1) * lanes<T>) {}

    T* row(size_t i) const { return first + i * lanes<T>; }

    /// The largest of a row, in some lane; and what fills up its last panel is put below all.
    HWY_INLINE Vec<T> top(size_t i) {
        const Tag<T> d;
        const auto is_token = hn::Lt(hn::Iota(d, T{0}), set(static_cast<T>(in_last)));
        T* last = row(i) + (panels - 1) * stride;
        zeros = hn::MulAdd(load(last), hn::Zero(d), zeros);
        Vec<T> top = hn::IfThenElse(is_token, load(last), set(std::numeric_limits<T>::lowest()));
        store<T>(top, last);
        for (const T* x = row(i); x != last; x += stride) {
            zeros = hn::MulAdd(load(x), hn::Zero(d), zeros);
            top = hn::Max(top, load(x));
        }
        return top;
    }

    T* first;
    size_t stride, panels, in_last;
    Vec<T> zeros = hn::Zero(Tag<T>());
};

/// A row's loss is log(sum(exp(x - top))) - (x[target] - top). The sums are multiplied, so that one
/// logarithm will do for many rows. Three walks over all rows instead of one: in each, the rows do
/// not wait for each other.
template <class T>
HWY_NOINLINE double surprise(const Surprise<T>& job) {
    constexpr size_t L = lanes<T>;
    const Tag<T> d;
    const size_t rows = job.targets.size();
    Logits<T> logits(job.logits, job.vocab_size, job.stride);
    const auto target = [&](size_t row) -> T& {
        const size_t token = job.targets[row];
        return job.logits[token / L * job.stride + row * L + token % L];
    };
    double loss = 0;
    for (size_t row = 0; row < rows; ++row) {
        job.scratch[row] = hn::GetLane(hn::MaxOfLanes(d, logits.top(row)));
        loss += static_cast<double>(job.scratch[row]) - static_cast<double>(target(row));
    }
    for (size_t row = 0; row < rows; ++row) {
        T* x = logits.row(row);
        const Vec<T> top = set(job.scratch[row]);
        Vec<T> sum = hn::Zero(d);
        for (size_t j = 0; j < logits.panels; ++j, x += job.stride) {
            const Vec<T> power = hn::Exp(d, hn::Sub(load(x), top));
            sum = hn::Add(sum, power);
            store<T>(power, x);
        }
        job.scratch[row] = hn::GetLane(hn::SumOfLanes(d, sum));
    }
    double sums = 1;
    for (size_t row = 0; row < rows; ++row) {
        T* x = logits.row(row);
        sums *= static_cast<double>(job.scratch[row]);
        if (sums > 1e250) {
            loss += std::log(sums);
            sums = 1;
        }
        const Vec<T> share = set(job.weight / job.scratch[row]);
        for (size_t j = 0; j < logits.panels; ++j, x += job.stride)
            store<T>(hn::Mul(share, load(x)), x);
        target(row) -= job.weight;
    }
    return loss + std::log(sums) +
           static_cast<double>(hn::GetLane(hn::SumOfLanes(d, logits.zeros)));
}

template <class T>
HWY_NOINLINE bool soften(const Soften<T>& job) {
    const Tag<T> d;
    Logits<T> logits(job.logits, job.vocab_size, job.stride);
    const size_t panels = logits.panels;
    for (size_t row = 0; row < job.rows; ++row) {
        T* x = logits.row(row);
        const Vec<T> top = hn::MaxOfLanes(d, logits.top(row));
        Vec<T> sum = hn::Zero(d);
        for (size_t j = 0; j < panels; ++j) {
            const Vec<T> below = hn::Sub(load(x + j * job.stride), top);
            const Vec<T> power = hn::Exp(d, hn::Mul(set(job.sharpness), below));
            sum = hn::Add(sum, power);
            store<T>(power, x + j * job.stride);
        }
        const Vec<T> share = hn::Div(set(T{1}), hn::SumOfLanes(d, sum));
        for (size_t j = 0; j < panels; ++j, x += job.stride) store<T>(hn::Mul(share, load(x)), x);
    }
    return hn::AllTrue(d, hn::Eq(logits.zeros, hn::Zero(d)));
}

/// As bits, magnitudes are in order too, and what is no number comes after infinity.
template <class T>
HWY_NOINLINE double largest(const T* x, size_t size) {
    const Tag<T> d;
    const hn::RebindToSigned<Tag<T>> bits;
    auto top = hn::Zero(bits);
    UNROLL for (size_t i = 0; i < size; i += lanes<T>) {
        top = hn::Max(top, hn::BitCast(bits, hn::Abs(load(x + i))));
    }
    alignas(64) T each[lanes<T>];
    store<T>(hn::BitCast(d, top), each);
    double most = 0;
    for (const T one : each) {
        if (!(one <= most) && !std::isnan(most)) most = static_cast<double>(one);
    }
    return most;
}
