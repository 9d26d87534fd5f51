// Ranges: the algorithms of the library for a compiler whose own std::ranges lacks them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <numbers>
#include <span>

// Emscripten's libc++ before LLVM 15 has the concepts of std::ranges and no algorithms. Each of
// these is the old algorithm on all of a range; a projection is applied to what is compared.
#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 15000
namespace std::ranges {

// ---- Without a projection

template <class R, class F>
bool all_of(R&& r, F f) {
    return std::all_of(std::begin(r), std::end(r), f);
}
template <class R, class F>
bool any_of(R&& r, F f) {
    return std::any_of(std::begin(r), std::end(r), f);
}
template <class R, class F>
auto count_if(R&& r, F f) {
    return std::count_if(std::begin(r), std::end(r), f);
}
template <class R, class F>
auto find_if(R&& r, F f) {
    return std::find_if(std::begin(r), std::end(r), f);
}
template <class R, class Out>
auto copy(R&& r, Out out) {
    return std::copy(std::begin(r), std::end(r), out);
}
template <class R, class T>
void fill(R&& r, const T& value) {
    std::fill(std::begin(r), std::end(r), value);
}
template <class R, class Out, class F>
auto transform(R&& r, Out out, F f) {
    return std::transform(std::begin(r), std::end(r), out,
                          [&](auto&& x) { return std::invoke(f, x); });
}
template <class R, class F>
void generate(R&& r, F f) {
    std::generate(std::begin(r), std::end(r), f);
}
template <class R, class T>
auto lower_bound(R&& r, const T& value) {
    return std::lower_bound(std::begin(r), std::end(r), value);
}
template <class R, class T>
bool binary_search(R&& r, const T& value) {
    return std::binary_search(std::begin(r), std::end(r), value);
}
template <class R, class S, class Out>
auto set_difference(R&& r, S&& s, Out out) {
    return std::set_difference(std::begin(r), std::end(r), std::begin(s), std::end(s), out);
}

// ---- With one

template <class Less, class Projection>
auto by(Less less, Projection of) {
    return [less, of](const auto& a, const auto& b) {
        return less(std::invoke(of, a), std::invoke(of, b));
    };
}
struct same {
    template <class T>
    const T& operator()(const T& x) const {
        return x;
    }
};
template <class R, class Less = std::less<>, class Projection = same>
void sort(R&& r, Less less = {}, Projection of = {}) {
    std::sort(std::begin(r), std::end(r), by(less, of));
}
template <class R, class Less = std::less<>, class Projection = same>
void stable_sort(R&& r, Less less = {}, Projection of = {}) {
    std::stable_sort(std::begin(r), std::end(r), by(less, of));
}
template <class R, class Less = std::less<>, class Projection = same>
auto max_element(R&& r, Less less = {}, Projection of = {}) {
    return std::max_element(std::begin(r), std::end(r), by(less, of));
}
template <class R>
auto max(const R& r) {
    return *std::max_element(std::begin(r), std::end(r));
}
template <class R>
auto min(const R& r) {
    return *std::min_element(std::begin(r), std::end(r));
}
template <class R, class T, class Projection = same>
auto find(R&& r, const T& value, Projection of = {}) {
    return std::find_if(std::begin(r), std::end(r),
                        [&](const auto& x) { return std::invoke(of, x) == value; });
}
template <class R, class T, class Projection = same>
auto count(R&& r, const T& value, Projection of = {}) {
    return std::count_if(std::begin(r), std::end(r),
                         [&](const auto& x) { return std::invoke(of, x) == value; });
}

}  // namespace std::ranges

#ifndef __cpp_lib_bit_cast
namespace std {

template <class To, class From>
To bit_cast(const From& from) {
    static_assert(sizeof(To) == sizeof(From));
    To to;
    std::memcpy(&to, &from, sizeof to);
    return to;
}

}  // namespace std
#endif
#endif
