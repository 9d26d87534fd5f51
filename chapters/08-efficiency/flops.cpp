// FLOPs: counted, and measured.
#include "flops.hpp"

#include <algorithm>
#include <chrono>

#include "microgpt/engines/fast/simd.hpp"

namespace microgpt {

double flops_of_document(const GptConfig& config, std::size_t positions) {
    const auto n = static_cast<double>(positions);
    const double embeddings =
        static_cast<double>(config.n_embd) * (config.vocab_size + config.block_size);
    const double pairs = n * (n + 1) / 2;  // of a query and a key
    const double products = 6 * n * (count_parameters(config) - embeddings);
    // A score, a share of a value, and twice as much on the way back
    const double attention = 12 * pairs * config.n_embd * config.n_layer;
    return products + attention;
}

double flops_of_adam(const GptConfig& config) { return 14 * count_parameters(config); }

template <class T>
double peak_flops() {
    constexpr std::size_t rounds = 100000;
    const simd::Kernels<T>& kernels = simd::kernels<T>();
    double best = 0;
    volatile double keep = 0;  // or the compiler would see that nobody wants the result
    for (int run = 0; run < 30; ++run) {
        const auto start = std::chrono::steady_clock::now();
        keep = keep + kernels.spin(rounds);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::max(best, static_cast<double>(rounds * kernels.spin_flops) / taken.count());
    }
    return best;
}

template double peak_flops<float>();
template double peak_flops<double>();

}  // namespace microgpt
