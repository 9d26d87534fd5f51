// Number: what many programs of this kind have for a Value, a node in a graph of shared pointers.
#pragma once

#include <cstddef>
#include <memory>

namespace microgpt {

/// A number that knows what it was made of, and keeps that alive. A copy is the same number.
class Number {
  public:
    /// A number that was not computed. Not explicit: what a plain number is computed with becomes a
    /// node, too.
    Number(double data);
    /// The result of an operation on one number, with its slope along it.
    Number(double data, const Number& x, double slope);
    /// The result of an operation on two numbers.
    Number(double data, const Number& a, double a_slope, const Number& b, double b_slope);

    /// The number itself.
    double data() const;
    /// The slope along this number of what backward() was called on, if that was once since
    /// reset(). A second call finds in what lies between what the first has left there, and adds to
    /// it: see chapter 1.
    double gradient() const;
    /// Gives a parameter its number for the next step, and a gradient of 0.
    void reset(double data);

    /// Adds to the gradients of all that this number was made of, whatever they are.
    void backward() const;

    /// How many of them this thread has.
    static std::size_t count() { return count_; }
    /// The memory that each takes, without what sorting them needs.
    static const std::size_t bytes;

  private:
    struct Node;

    inline static thread_local std::size_t count_ = 0;
    std::shared_ptr<Node> node_;
};

// ---- Arithmetic, as in chapters 1 and 2, from as few operations as will do

/// The sum moves as fast as each of its terms.
Number operator+(const Number& a, const Number& b);
/// The slope along one factor is the other factor.
Number operator*(const Number& a, const Number& b);
/// x to the power of a plain number.
Number pow(const Number& x, double exponent);
/// e to the power of x.
Number exp(const Number& x);
/// The natural logarithm of x: no number where x is negative, and infinite at 0.
Number log(const Number& x);
/// x where x is positive, and 0 elsewhere.
Number relu(const Number& x);
/// a + b · -1: three nodes for one.
inline Number operator-(const Number& a, const Number& b) { return a + b * -1; }
/// a · b⁻¹.
inline Number operator/(const Number& a, const Number& b) { return a * pow(b, -1); }

}  // namespace microgpt
