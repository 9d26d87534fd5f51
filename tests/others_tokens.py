"""Whose tokens ours are held against: `merges` learns them, `encode` cuts texts by files of ours.

    others_tokens.py merges TEXT lines|whole VOCABULARY      prints left, right and whole of each merge
    others_tokens.py encode tokenizer.json RANKS STRINGS     prints the tokens of each string, by each library
"""
import base64
import json
import sys


def merges(path, how, vocabulary):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    text = open(path, encoding="utf-8", newline="").read()
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=int(vocabulary),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[],
        show_progress=False,
    )
    tokenizer.train_from_iterator(text.split("\n") if how == "lines" else [text], trainer)
    model = json.loads(tokenizer.to_str())["model"]
    ids = model["vocab"]
    for left, right in model["merges"]:
        print(ids[left], ids[right], ids[left + right])


PATTERN = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""  # GPT-2's


def encode(path, ranks, strings):
    import tiktoken
    from tokenizers import Tokenizer

    one = Tokenizer.from_file(path)
    lines = [line.split() for line in open(ranks, "rb")]
    other = tiktoken.Encoding(
        "ours",
        pat_str=PATTERN,
        mergeable_ranks={base64.b64decode(token): int(rank) for token, rank in lines},
        special_tokens={},
    )
    for line in open(strings):
        text = bytes.fromhex(line).decode()
        print(*one.encode(text).ids)
        print(*other.encode_ordinary(text))


{"merges": merges, "encode": encode}[sys.argv[1]](*sys.argv[2:])
