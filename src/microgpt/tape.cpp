// The Tape's bookkeeping, and the loop that is backpropagation.
#include "microgpt/tape.hpp"

#include <algorithm>
#include <atomic>
#include <string>

namespace microgpt {

namespace {

/// A number for each Tape and Scope ever opened, so that a stale Place can be told from a good one.
Index next_scope() {
    static std::atomic<Index> last = 0;
    return ++last;
}

bool contains(const std::vector<Index>& scopes, Index scope) {
    return std::ranges::find(scopes, scope) != scopes.end();
}

/// Four sums side by side: one alone would wait for each addition to end before the next.
double dot(const double* a, const double* b, Index length) {
    double sums[4] = {};
    Index i = 0;
    for (; i + 4 <= length; i += 4) {
        for (Index j = 0; j < 4; ++j) sums[j] += a[i + j] * b[i + j];
    }
    for (; i < length; ++i) sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

void add_scaled(double* sums, double scale, const double* terms, Index length) {
    for (Index i = 0; i < length; ++i) sums[i] += scale * terms[i];
}

}  // namespace

// ---- One Tape a thread

Tape::Tape(std::size_t capacity)
    : capacity_(capacity), scopes_{next_scope()}, innermost_(scopes_.front()) {
    if (current_ != nullptr) throw TapeError("this thread has a Tape already: record on that one");
    current_ = this;
}

Tape::~Tape() { current_ = nullptr; }

Tape& Tape::current() {
    if (current_ == nullptr) throw TapeError("this thread has no Tape: write `Tape tape;` first");
    return *current_;
}

// ---- Recording

Place Tape::record_dot(Run a, Run b) {
    check(a.first);
    check(b.first);
    if (a.length != b.length) {
        throw TapeError("a dot product of " + std::to_string(a.length) + " numbers with " +
                        std::to_string(b.length) + ": make them the same length");
    }
    const Index left = a.first.index;
    const Index right = b.first.index;
    return push(dot(&data_[left], &data_[right], a.length), {Kind::dot, a.length, left, right});
}

std::span<const double> Tape::data(Run run) const {
    check(run.first);
    return std::span(data_).subspan(run.first.index, run.length);
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

std::span<double> Tape::parameters(Run run) {
    if (scopes_.size() > 1) throw TapeError("a Scope is open: close it, then change parameters");
    check(run.first);
    return std::span(data_).subspan(run.first.index, run.length);
}

void Tape::check_outer(Place place) const {
    if (!contains(scopes_, place.scope)) {
        throw TapeError(
            "this Value is gone: its Scope has closed, or it is on another Tape. "
            "Take its data() while it lives");
    }
}

void Tape::full() const {
    throw TapeError("the Tape is full, at " + std::to_string(capacity_) +
                    " numbers: open a Tape::Scope for each step, or make a larger Tape");
}

// ---- Backward: a number comes after what it was made of, so one walk down the Tape is enough

Gradients Tape::backward(Place loss) const {
    check(loss);
    Gradients gradients;
    gradients.scopes_ = scopes_;
    gradients.by_index_.resize(data_.size());
    double* gradient = gradients.by_index_.data();
    gradient[loss.index] = 1;
    for (Index i = loss.index + 1; i-- > leaves_;) {  // leaves pass nothing on
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
    return gradients;
}

std::span<const double> Gradients::operator[](Run run) const {
    const bool known = contains(scopes_, run.first.scope);
    if (!known || run.first.index + run.length > by_index_.size()) {
        throw TapeError(
            "these Gradients do not know this Value: it is on another Tape, or was "
            "recorded after them");
    }
    return std::span(by_index_).subspan(run.first.index, run.length);
}

// ---- Scope

Tape::Scope::Scope() : tape_(current()), start_(tape_.size()) {
    tape_.scopes_.push_back(next_scope());
    tape_.innermost_ = tape_.scopes_.back();
}

Tape::Scope::~Scope() {
    tape_.data_.resize(start_);
    tape_.nodes_.resize(start_);
    tape_.leaves_ = std::min(tape_.leaves_, start_);
    tape_.scopes_.pop_back();
    tape_.innermost_ = tape_.scopes_.back();
}

}  // namespace microgpt
