// The fast engine's weights: in panels, as its kernels want them.
#pragma once

#include <utility>
#include <vector>

#include "microgpt/engines/fast/panels.hpp"
#include "microgpt/engines/fast/simd.hpp"
#include "microgpt/training/adam.hpp"

namespace microgpt {

/// Part number `part` of `parts`, of what is shared by threads or machines.
struct Part {
    std::size_t part = 0, parts = 1;
    /// The first that is its own of so many, and the one after the last.
    std::pair<std::size_t, std::size_t> of(std::size_t count) const {
        return {count * part / parts, count * (part + 1) / parts};
    }
};

/// Every weight, with Adam's memory of it, or of a part.
template <class T>
class FastWeights {
  public:
    /// Draws every weight, in the order of shapes().
    FastWeights(const GptConfig& config, const Draw& draw, const Part& moments = {});

    /// The model's sizes, the kernels for it, its sizes in panels, and where each matrix is.
    const GptConfig& config() const { return config_; }
    const simd::Kernels<T>& kernels() const { return kernels_; }
    const PanelSizes& sizes() const { return sizes_; }
    const PanelLayout& layout() const { return layout_; }

    /// A matrix; its transpose, but for the table, which has none; and Adam's two means.
    T* w(const PanelMatrix& matrix) { return w_.data() + matrix.begin; }
    const T* w(const PanelMatrix& matrix) const { return w_.data() + matrix.begin; }
    T* transposed(const PanelMatrix& matrix) { return transposed_.data() + matrix.begin; }
    const T* transposed(const PanelMatrix& matrix) const {
        return transposed_.data() + matrix.begin;
    }
    T* m(const PanelMatrix& matrix) { return m_.data() + matrix.begin; }
    T* v(const PanelMatrix& matrix) { return v_.data() + matrix.begin; }

    /// All of them, as they stand one matrix after the other; and of the moments, those there are.
    const Buffer<T>& all() const { return w_; }
    const Buffer<T>& all_m() const { return m_; }
    const Buffer<T>& all_v() const { return v_; }
    /// Which of the numbers a part has: 1/parts of them, but for two vectors, as two of these may
    /// share a division.
    std::pair<std::size_t, std::size_t> share(const Part& part) const;
    /// Brings a part of the second copy up to date.
    void transpose(const Part& part);

    /// Every parameter, in the order of shapes().
    std::vector<double> parameters() const { return numbers(w_); }
    /// Adam's means, without the number of steps, from all that there are.
    Adam::State adam() const { return adam(m_, v_); }
    Adam::State adam(const Buffer<T>& m, const Buffer<T>& v) const {
        return {0, numbers(m), numbers(v)};
    }
    /// Takes numbers in the order of shapes(). Throws std::invalid_argument for those of another
    /// model, and for one that is too large for T.
    void restore(const std::vector<double>& parameters, const Adam::State& adam);

  private:
    template <class Visit>
    void each_place(Visit visit) const;
    std::vector<double> numbers(const Buffer<T>& buffer) const;
    void put(const std::vector<double>& numbers, const Buffer<T>& buffer, std::size_t first);
    std::size_t cut(std::size_t part, std::size_t parts) const;

    GptConfig config_;
    const simd::Kernels<T>& kernels_;
    PanelSizes sizes_;
    PanelLayout layout_;
    Buffer<T> w_, transposed_;
    std::size_t first_;  // of the moments
    Buffer<T> m_, v_;
};

}  // namespace microgpt
