// Products: a block of c at a time, in registers, while the rows of b stream by.

/// How many rows of c a block has at most: with two panels it needs twice as many registers.
constexpr size_t most_rows = HWY_MAX_BYTES == 64 ? 8 : 4;

/// A vector of the product, as it is stored.
template <class T>
HWY_INLINE Vec<T> finished(const Product<T>& product, Vec<T> x, size_t at) {
    const Vec<T> zero = hn::Zero(Tag<T>());
    switch (product.finish) {
        case Finish::store:
            break;
        case Finish::add:
            return hn::Add(x, load(product.other + at));
        case Finish::relu:
            return hn::Max(x, zero);
        case Finish::gate:
            return hn::IfThenElseZero(hn::Gt(load(product.other + at), zero), x);
    }
    return x;
}

/// Rows row … row + ROWS - 1 of PANELS panels. Each number of c is one sum, begun at the first
/// column of a and ended at the last, whatever the block: so results do not depend on the blocks.
template <size_t ROWS, size_t PANELS, class T>
HWY_NOINLINE void multiply_block(const Product<T>& product, size_t row, size_t panel) {
    constexpr size_t L = lanes<T>;
    Vec<T> sums[ROWS][PANELS];
    UNROLL for (size_t i = 0; i < ROWS; ++i) {
        UNROLL for (size_t j = 0; j < PANELS; ++j) sums[i][j] = hn::Zero(Tag<T>());
    }
    const T* HWY_RESTRICT a = product.a + row * L;
    const T* HWY_RESTRICT b = product.b + panel * product.b_stride;
    const size_t b_stride = product.b_stride;
    for (size_t first = 0; first < product.depth; first += L, a += product.a_stride) {
        const size_t columns = HWY_MIN(L, product.depth - first);
        for (size_t k = 0; k < columns; ++k, b += L) {
            Vec<T> b_row[PANELS];
            UNROLL for (size_t j = 0; j < PANELS; ++j) b_row[j] = load(b + j * b_stride);
            UNROLL for (size_t i = 0; i < ROWS; ++i) {
                const Vec<T> x = set(a[i * L + k]);
                UNROLL for (size_t j = 0; j < PANELS; ++j) {
                    sums[i][j] = hn::MulAdd(x, b_row[j], sums[i][j]);
                }
            }
        }
    }
    UNROLL for (size_t j = 0; j < PANELS; ++j) {
        UNROLL for (size_t i = 0; i < ROWS; ++i) {
            const size_t at = (panel + j) * product.c_stride + (row + i) * L;
            store<T>(finished(product, sums[i][j], at), product.c + at);
        }
    }
}

/// Calls f with `n`, from 1 to N, as a constant.
template <size_t N, class F>
HWY_INLINE void with_constant(size_t n, F f) {
    if constexpr (N > 1) {
        if (n < N) return with_constant<N - 1>(n, f);
    }
    f(std::integral_constant<size_t, N>());
}

/// All rows, in blocks of nearly the same height.
template <size_t PANELS, class T>
HWY_INLINE void multiply_panels(const Product<T>& product, size_t panel) {
    size_t row = 0;
    for (size_t left = (product.rows + most_rows - 1) / most_rows; left > 0; --left) {
        const size_t rows = (product.rows - row + left - 1) / left;
        with_constant<most_rows>(
            rows, [&](auto constant) { multiply_block<constant(), PANELS>(product, row, panel); });
        row += rows;
    }
}

template <class T>
void multiply(const Product<T>& product) {
    size_t panel = 0;
    for (; panel + 2 <= product.panels; panel += 2) multiply_panels<2>(product, panel);
    if (panel < product.panels) multiply_panels<1>(product, panel);
}
