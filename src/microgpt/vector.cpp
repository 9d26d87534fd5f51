// Vector: the one operation that is not a line.
#include "microgpt/vector.hpp"

namespace microgpt {

Vector concatenate(const std::vector<Vector>& parts) {
    std::vector<Value> elements;
    for (const Vector& part : parts) {
        for (Index i = 0; i < part.size(); ++i) elements.push_back(part[i]);
    }
    return make_vector(static_cast<Index>(elements.size()), [&](Index i) {
        return record(elements[i].data(), {elements[i], 1});
    });
}

}  // namespace microgpt
