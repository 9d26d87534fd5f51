// SlowReader: the blocks of a Gpt, a line for each thing that is to be seen.
#include "microgpt/page/slow_reader.hpp"

#include <cmath>

namespace microgpt {

Vector SlowReader::look_back(Vector x, std::size_t layer, std::vector<HeadSeen>& heads) {
    const std::size_t first = 3 + 6 * layer;
    KvCache& cache = context_[layer];
    const Vector query = linear(x, matrix(first));
    const Vector key = linear(x, matrix(first + 1));
    cache.append(key, linear(x, matrix(first + 2)));
    const Index head_dim = config_.n_embd / config_.n_head;
    std::vector<Vector> found;
    for (Index h = 0; h < config_.n_head; ++h) {
        const Vector asks = query.slice(h * head_dim, head_dim);
        const std::vector<Vector>& keys = cache.keys(h);
        const Vector shares = attention_weights(asks, keys);
        const Vector products =
            make_vector(cache.size(), [&](Index t) { return dot(asks, keys[t]); });
        const Vector scores = products / std::sqrt(head_dim);
        found.push_back(mix(shares, cache.values(h)));
        heads.push_back({scores, shares, found.back()});
    }
    return linear(concatenate(found), matrix(first + 3));
}

Vector SlowReader::think(Vector x, std::size_t layer) const {
    const std::size_t first = 3 + 6 * layer;
    return linear(relu(linear(x, matrix(first + 4))), matrix(first + 5));
}

TokenSeen SlowReader::read(Index token) {
    const Index position = context_.front().size();
    require_readable(config_, token, position);
    Vector x = rmsnorm(matrix(0).row(token) + matrix(1).row(position));
    std::vector<Vector> stream = {x};
    std::vector<std::vector<HeadSeen>> heads(config_.n_layer);
    for (std::size_t layer = 0; layer < config_.n_layer; ++layer) {
        x = x + look_back(rmsnorm(x), layer, heads[layer]);
        stream.push_back(x);
        x = x + think(rmsnorm(x), layer);
        stream.push_back(x);
    }
    return {std::move(stream), std::move(heads), read_off(x)};
}

}  // namespace microgpt
