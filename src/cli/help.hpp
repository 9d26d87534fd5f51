// Help: what stands below the list of flags in `microgpt --help`.
#pragma once

namespace microgpt {

inline constexpr char examples[] = R"(Examples:
  microgpt                                      train on names.txt, then invent 20 names
  microgpt --recipe elixir                      the run in the Elixir program's README
  microgpt --seed 7 --steps 200                 another model, five times sooner
  microgpt --data towns.txt --samples 5         your own text, one document a line
  microgpt --offline                            use the cache or the embedded sample
  microgpt --data names.txt --sha256 0a30…      make sure of its bytes
  microgpt --n-layer 2 --n-embd 32 --n-head 8 --block-size 8
                                                another size of model
  microgpt --learning-rate 0.02                 larger steps
  microgpt --batch 16 --threads 2               sixteen documents a step, shared by two threads
  microgpt --dtype f32 --samples 100000         single precision, and names by the thousand
  microgpt --engine value                       chapters 1 to 7 at work
  microgpt --temperature 1 --prompt ma          more daring names that start with ma
  microgpt --temperature 1 --top-p 0.9          daring, but without the unlikeliest letters
  microgpt --held-out 0.1 --evaluate            how good it is on names that it cannot know
  microgpt --tokens 512                         learn 512 pieces of words, and read those
  microgpt --data story.txt --stream --tokens 512 --block-size 64
                                                a text that goes on from line to line
  microgpt tokens story.txt                     how it is cut; microgpt tokens --help says more
  microgpt --log loss.csv --plot loss.svg       keep the losses, and a picture of them
  microgpt --save names.safetensors             keep the model
  microgpt --save m.safetensors --save-every 100
                                                and what there is of it, in case of a crash
  microgpt --save 'm-{step}.safetensors' --save-every 100
                                                each by itself: m-100.safetensors, and so on
  microgpt --save - > m.safetensors             a model, a log or a plot by standard output
  microgpt --load m.safetensors                 go on where it stopped
  microgpt --load m.safetensors --steps 0       invent names at once
  microgpt --weights m.safetensors --data towns.txt
                                                begin with its matrices, on other data
  microgpt --load m.safetensors --steps 0 --sample-seed 2
                                                and others

Environment:
  MICROGPT_NAMES     a file to train on where --data is not given
  MICROGPT_DATA_URL  where to download names.txt from; its bytes must be the same, or
                     those of --sha256
  https_proxy, no_proxy, CURL_CA_BUNDLE
                     as for curl
  XDG_CACHE_HOME     the folder whose microgpt/ keeps it; ~/.cache if not set
)";

}  // namespace microgpt
