// The Tape: every number of a computation, in the order in which it was made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "microgpt/autograd/gradients.hpp"

namespace microgpt {

/// Records numbers, and how each was made. A Tape is its thread's current one from its
/// construction to its closing brace. On another thread it cannot be ended: the program would be.
class Tape {
  public:
    static constexpr std::size_t default_capacity = std::size_t{1} << 26;

    /// Throws TapeError if this thread has a Tape already, or `capacity` is more than an Index
    /// can count.
    explicit Tape(std::size_t capacity = default_capacity);
    ~Tape();
    Tape(const Tape&) = delete;
    Tape& operator=(const Tape&) = delete;

    /// The Tape of this thread. Throws TapeError if there is none.
    static Tape& current();

    /// Forgets at its closing brace what was recorded since it was opened; or, where a Scope that
    /// was opened inside it is open still, when that one closes.
    class Scope {
      public:
        Scope();
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        Index scope_;
    };

    /// The number itself. Throws TapeError if its Scope has closed.
    double data(Place place) const;

    /// Records a number that was not computed: a leaf.
    Place record(double data);
    /// Records the result of an operation on one number.
    Place record(double data, Operand x);
    /// Records the result of an operation on two numbers.
    Place record(double data, Operand a, Operand b);
    /// Records a[0]·b[0] + a[1]·b[1] + …, for two ranges of one length.
    Place record_dot(Range a, Range b);

    /// The slope of the number at `loss` along each number recorded before it. Where the walk back
    /// is to stop at number `stop`, those below have not passed theirs on.
    Gradients backward(Place loss, Index stop = 0) const;

    /// How many numbers are recorded.
    std::size_t size() const { return size_; }
    /// How many there is room for at the most.
    std::size_t capacity() const { return capacity_; }
    /// The numbers themselves, until more are recorded.
    std::span<const double> data(Range range) const;
    /// The indices of what a number was made of: none for a leaf.
    std::vector<Index> operands(Place place) const;
    /// The optimizer's door: leaves it may replace, until more is recorded. Throws TapeError for
    /// numbers that were computed, and while a Scope is open.
    std::span<double> parameters(Range range);

  private:
    enum class Kind : std::uint8_t { leaf, unary, binary, dot };

    /// How a number was made, beside the number itself.
    struct Node {
        Kind kind = Kind::leaf;
        Index length = 0;  // of a dot product's ranges
        Index left = 0;
        Index right = 0;
        double left_slope = 0;
        double right_slope = 0;
    };

    [[noreturn]] static void no_tape();
    Place push(double data, const Node& node);
    void grow();
    void close(Index scope);
    void check(Place place) const;
    void check(Range range) const;

    inline static thread_local constinit Tape* current_ = nullptr;
    std::vector<double> data_;  // size_ numbers, and room for more
    std::vector<Node> nodes_;   // as many
    std::size_t size_ = 0;
    std::size_t capacity_;
    std::size_t leaves_ = 0;         // so many come before the first number that was computed
    std::vector<OpenScope> scopes_;  // outermost first
    Index innermost_;
};

// ---- What runs for every number is inline: the current Tape

inline Tape& Tape::current() {
    if (current_ == nullptr) no_tape();
    return *current_;
}

// ---- Is the number still there?

inline void Tape::check(Place place) const {
    if (place.scope == innermost_ || place.scope == scopes_.front().scope) return;
    check({place, 1});  // neither of the innermost Scope nor, as parameters are, of the outermost
}

inline double Tape::data(Place place) const {
    check(place);
    return data_[place.index];
}

// ---- Recording

inline Place Tape::push(double data, const Node& node) {
    if (size_ == data_.size()) grow();
    data_[size_] = data;
    nodes_[size_] = node;
    return {static_cast<Index>(size_++), innermost_};
}

inline Place Tape::record(double data) {
    const Place place = push(data, {});
    if (leaves_ == place.index) ++leaves_;
    return place;
}

inline Place Tape::record(double data, Operand x) {
    check(x.place);
    return push(data, {Kind::unary, 0, x.place.index, 0, x.slope, 0});
}

inline Place Tape::record(double data, Operand a, Operand b) {
    check(a.place);
    check(b.place);
    return push(data, {Kind::binary, 0, a.place.index, b.place.index, a.slope, b.slope});
}

}  // namespace microgpt
