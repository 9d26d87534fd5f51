"""The same model in PyTorch: opens a checkpoint of letters, says a loss and its greedy name.

    python3 examples/pytorch/twin.py MODEL NAMES        as --evaluate, and --temperature 0, say them
    python3 examples/pytorch/twin.py MODEL NAMES OUT    and writes for --weights, lm_head halved
"""
import json
import sys

try:
    import torch
except ImportError:  # the few words below are NumPy's, too
    import numpy as torch


def read(path):
    raw = open(path, "rb").read()
    size = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:size])
    about = header.pop("__metadata__")
    flat = torch.frombuffer(bytearray(raw[size:]), dtype=torch.float64)
    place = lambda entry: slice(*(offset // 8 for offset in entry["data_offsets"]))
    return {name: flat[place(e)].reshape(e["shape"]) for name, e in header.items()}, about


def write(path, weights, about):
    header, end = {"__metadata__": about}, 0
    for name, w in weights.items():
        begin, end = end, end + 8 * len(w.reshape(-1))
        header[name] = {"dtype": "F64", "shape": list(w.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    numbers = b"".join(bytes(torch.asarray(w).reshape(-1).__array__()) for w in weights.values())
    open(path, "wb").write(len(text).to_bytes(8, "little") + text + numbers)


def rmsnorm(x):
    return x / torch.sqrt((x * x).mean(-1, keepdims=True) + 1e-5)


def softmax(x):
    e = torch.exp(x - x.max())
    return e / e.sum(-1, keepdims=True)


def logits(w, n_layer, n_head, tokens):
    """(B, T) tokens to (B, T, vocabulary): all places at once, and a mask over what comes."""
    b, t = tokens.shape
    future = 1 - torch.tril(torch.ones((t, t)))
    x = rmsnorm(w["wte"][tokens] + w["wpe"][:t])  # (B, T, C)
    for layer in range(n_layer):
        linear = lambda name, x: x @ w[f"layer{layer}.{name}"].T
        heads = lambda x: x.reshape(b, t, n_head, -1).swapaxes(1, 2)  # (B, H, T, C / H)
        q, k, v = (heads(linear(f"attn_w{c}", rmsnorm(x))) for c in "qkv")
        shares = softmax(q @ k.swapaxes(2, 3) / k.shape[-1] ** 0.5 - 1e9 * future)  # (B, H, T, T)
        x = x + linear("attn_wo", (shares @ v).swapaxes(1, 2).reshape(b, t, -1))
        h = linear("mlp_fc1", rmsnorm(x))
        x = x + linear("mlp_fc2", h * (h > 0))
    return x @ w["lm_head"].T


def main(path, names, out=None):
    weights, about = read(path)
    said = json.loads(about["microgpt"])
    letters, most = said["vocabulary"], said["block_size"]
    bos = len(letters)
    model = lambda tokens: logits(weights, said["n_layer"], said["n_head"], tokens)

    lines = open(names).read().split()
    docs = [[bos, *map(letters.index, name), bos][: most + 1] for name in lines]
    longest = max(map(len, docs))
    batch = torch.asarray([doc + [bos] * (longest - len(doc)) for doc in docs])
    shares = softmax(model(batch[:, :-1]))
    surprise = lambda i, t: -torch.log(shares[i, t, docs[i][t + 1]])
    surprises = [[surprise(i, t) for t in range(len(doc) - 1)] for i, doc in enumerate(docs)]
    print(f"loss {float(sum(sum(s) / len(s) for s in surprises) / len(docs)):.9f}")

    tokens = [bos]
    while len(tokens) <= most and (len(tokens) == 1 or tokens[-1] != bos):
        tokens.append(int(model(torch.asarray([tokens]))[0, -1].argmax()))
    print("name", "".join(letters[token] for token in tokens[1:] if token != bos))

    if out:
        write(out, weights | {"lm_head": weights["lm_head"] / 2}, about)


main(*sys.argv[1:])
