// ArrayTape: a tape that records whole vector operations.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "microgpt/engines/tape/arena.hpp"
#include "microgpt/engines/tape/kernels.hpp"

namespace microgpt {

// This stands beside chapter 1's Tape on purpose: that records numbers and knows no layer, this
// records vectors and has a way back for each layer, and the ladder shows what that is worth.

class ArrayTape;

/// Numbers that an operation on the tape has made, or a row of parameters.
struct Array : Numbers {
    Index size;
    ArrayTape* tape;
};

/// A matrix of parameters, for operations that are to be recorded.
struct ArrayMatrix {
    ArrayTape* tape;
    Weights* weights;

    /// Row i, with its slopes where somebody walks back.
    Array row(Index i) const;
};

// ---- What is recorded: what an operation was made of, what it made, and its way back

/// a + b.
struct AddNode {
    Array a, b, sum;
    void backward() const;
};
/// scale · x.
struct ScaleNode {
    Array x;
    double scale;
    Array y;
    void backward() const;
};
/// W x. The slopes along W are left to add_outer_products(), which is to find the node where it is.
struct LinearNode {
    Weights* w;
    Array x, y;
    OuterProduct outer_product;
    void backward() {
        linear_backward(*w, 1, y.gradient, x.gradient);
        outer_product = {x.data, y.gradient, w->outer_products};
        w->outer_products = &outer_product;
    }
};
/// x, times the scale that rmsnorm() gave it.
struct RmsnormNode {
    double scale;
    Array x, y;
    void backward() const { rmsnorm_backward(x.size, scale, x, y.gradient); }
};
/// x where it is positive.
struct ReluNode {
    Array x, y;
    void backward() const { relu_backward(x.size, y.data, y.gradient, x.gradient); }
};
/// Attention of a query to keys and values. The vectors of keys and values have to be there still,
/// longer or not.
struct AttentionNode {
    Heads heads;
    Index positions;
    Array query;
    const std::vector<Array>* keys;
    const std::vector<Array>* values;
    Array weights, output;
    void backward() const {
        attention_backward(heads, positions, query, *keys, *values, weights, output.gradient);
    }
};
/// The loss at the target, and the probabilities that softmax() gave each token.
struct CrossEntropyNode {
    Array logits;
    const double* probabilities;
    Index target;
    Array loss;
    void backward() const {
        cross_entropy_backward(logits.size, probabilities, target, *loss.gradient, logits.gradient);
    }
};
/// Any of them.
using ArrayNode = std::variant<AddNode, ScaleNode, LinearNode, RmsnormNode, ReluNode, AttentionNode,
                               CrossEntropyNode>;

/// Every operation since it was last cleared.
class ArrayTape {
  public:
    /// Forgets what is recorded.
    void clear() {
        nodes_.clear();
        arena_.clear();
    }
    /// Room for the result of an operation, as Arena::take().
    double* take(std::size_t size) { return arena_.take(size); }
    /// What was taken, as an operand.
    Array array(double* taken, Index size) { return {{taken, taken + size}, size, this}; }
    /// Keeps what an operation did for the way back.
    void record(const ArrayNode& node) { nodes_.push_back(node); }
    /// From `slope`, that along `loss`, to the slopes along all that it was made of.
    void backward(const Array& loss, double slope);

    /// How many operations are recorded.
    std::size_t nodes() const { return nodes_.size(); }
    /// The memory that they and their numbers take.
    std::size_t bytes() const { return nodes_.size() * sizeof(ArrayNode) + arena_.bytes(); }

  private:
    std::vector<ArrayNode> nodes_;
    Arena arena_;
};

// ---- The operations, as chapters 2 to 5 have them, each recorded on its operands' tape

/// Element by element, of one size.
Array operator+(const Array& a, const Array& b);
/// Every element, by a plain number.
Array operator/(const Array& x, double divisor);
/// W x, of as many numbers as w has rows.
Array linear(const Array& x, const ArrayMatrix& w);
/// Throws NumberError as the kernel does.
Array rmsnorm(const Array& x);
/// Element by element.
Array relu(const Array& x);
/// What a position's query hears from a key and a value of each position, all n_embd long. Throws
/// NumberError as softmax() does.
Array attention(const Array& query, const std::vector<Array>& keys,
                const std::vector<Array>& values, Index n_head);
/// An Array of one number: the loss, where `target` came, in nats. Throws NumberError as softmax()
/// does.
Array cross_entropy(const Array& logits, Index target);

/// The plain numbers, until the tape is cleared.
inline std::span<const double> numbers_of(const Array& x) { return {x.data, x.size}; }

}  // namespace microgpt
