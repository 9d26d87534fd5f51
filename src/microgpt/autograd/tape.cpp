// The Tape's bookkeeping, and the loop that is backpropagation.
#include "microgpt/autograd/tape.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <string>
#include <utility>

#include "microgpt/autograd/dot.hpp"

namespace microgpt {

namespace {

constexpr Index closed = 0;  // instead of a Scope's number

/// A number for each Tape and Scope ever opened, so that a stale Place can be told from a good one.
Index next_scope() {
    static std::atomic<Index> last = closed;
    const Index next = ++last;
    return next == closed ? next_scope() : next;
}

}  // namespace

// ---- One Tape a thread

Tape::Tape(std::size_t capacity)
    : capacity_(capacity), scopes_{{next_scope(), 0}}, innermost_(scopes_.front().scope) {
    if (current_ != nullptr) throw TapeError("this thread has a Tape already: record on that one");
    if (capacity > std::numeric_limits<Index>::max()) {
        throw TapeError("a Tape holds 4294967295 numbers at the most");
    }
    current_ = this;
}

Tape::~Tape() {
    if (std::exchange(current_, nullptr) != this) std::terminate();  // it is another thread's
}

void Tape::no_tape() { throw TapeError("this thread has no Tape: write `Tape tape;` first"); }

// ---- Scope

Tape::Scope::Scope() : scope_(next_scope()) {
    Tape& tape = current();
    tape.scopes_.push_back({scope_, static_cast<Index>(tape.size())});
    tape.innermost_ = scope_;
}

Tape::Scope::~Scope() {
    if (current_ != nullptr) current_->close(scope_);
}

/// One that is not the innermost is marked, and goes with those inside it. Where there is none of
/// this number, the Scope has outlived its Tape.
void Tape::close(Index scope) {
    const auto its = std::ranges::find(scopes_, scope, &OpenScope::scope);
    if (its == scopes_.end()) return;
    its->scope = closed;
    for (; scopes_.back().scope == closed; scopes_.pop_back()) size_ = scopes_.back().start;
    leaves_ = std::min(leaves_, size_);
    innermost_ = scopes_.back().scope;
}

// ---- Recording

Place Tape::record_dot(Range a, Range b) {
    check(a.first);
    check(b.first);
    if (a.length != b.length) {
        throw TapeError("a dot product of " + std::to_string(a.length) + " numbers with " +
                        std::to_string(b.length) + ": make them the same length");
    }
    const auto [left, right] = std::pair(a.first.index, b.first.index);
    if (std::max(left, right) + std::size_t{a.length} > size_) check(left < right ? b : a);
    return push(dot(&data_[left], &data_[right], a.length), {Kind::dot, a.length, left, right});
}

/// data_, which says how much room there is, comes last: where memory runs out, the Tape is left as
/// it was.
void Tape::grow() {
    if (size_ == capacity_) {
        throw TapeError("the Tape is full, at " + std::to_string(capacity_) +
                        " numbers: open a Tape::Scope for each step, or make a larger Tape");
    }
    const std::size_t more = std::min(std::max<std::size_t>(2 * size_, 1024), capacity_);
    nodes_.resize(more);
    data_.resize(more);
}

// ---- Reading, and the optimizer's door

void Tape::check(Range range) const {
    if (stands_in(scopes_, size_, range)) return;
    const bool is_open = stands_in(scopes_, size_, {range.first, 1});
    if (is_open) throw TapeError("a Range is of one number or more, and ends with its Scope's");
    throw TapeError("its Scope has closed, or it is on another Tape: take data() before that");
}

std::span<const double> Tape::data(Range range) const {
    check(range);
    return std::span(data_).subspan(range.first.index, range.length);
}

std::vector<Index> Tape::operands(Place place) const {
    check(place);
    const Node& node = nodes_[place.index];
    if (node.kind == Kind::leaf) return {};
    if (node.kind == Kind::unary) return {node.left};
    if (node.kind == Kind::binary) return {node.left, node.right};
    std::vector<Index> both;
    for (Index i = 0; i < node.length; ++i) both.push_back(node.left + i);
    for (Index i = 0; i < node.length; ++i) both.push_back(node.right + i);
    return both;
}

std::span<double> Tape::parameters(Range range) {
    if (scopes_.size() > 1) throw TapeError("a Scope is open: close it, then change parameters");
    check(range);
    const std::span nodes = std::span(nodes_).subspan(range.first.index, range.length);
    const bool leaves = range.first.index + nodes.size() <= leaves_ ||
                        std::ranges::count(nodes, Kind::leaf, &Node::kind) == std::ssize(nodes);
    if (!leaves) throw TapeError("these are not parameters: they were computed");
    return std::span(data_).subspan(range.first.index, range.length);
}

// ---- Backward: a number comes after what it was made of, so one walk down the Tape is enough

Gradients Tape::backward(Place loss, Index stop) const {
    check(loss);
    std::vector<double> gradient(size_);
    gradient[loss.index] = 1;
    stop = std::max(stop, static_cast<Index>(leaves_));  // leaves pass nothing on
    for (Index i = loss.index + 1; i-- > stop;) {
        const Node& node = nodes_[i];
        const double g = gradient[i];
        switch (node.kind) {
            case Kind::leaf:
                break;
            case Kind::unary:
                gradient[node.left] += node.left_slope * g;
                break;
            case Kind::binary:
                gradient[node.left] += node.left_slope * g;
                gradient[node.right] += node.right_slope * g;
                break;
            case Kind::dot:
                add_scaled(&gradient[node.left], g, &data_[node.right], node.length);
                add_scaled(&gradient[node.right], g, &data_[node.left], node.length);
                break;
        }
    }
    return {std::move(gradient), scopes_};
}

}  // namespace microgpt
