// What the scripts beside it are made of, for `tsc` to check them by: no browser reads this.

type Part = { element: HTMLElement; show(): void; limit?(most: number): void };
type Child = Node | string | null | undefined | Child[];
type Answer = Record<string, any> & { took: number; bytes?: Uint8Array };
/** A widget's state is all that a reload keeps and a link holds. */
type State = Record<string, any>;

/** An open widget. */
interface Frame {
  el<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes?: object, ...children: Child[]): HTMLElementTagNameMap[Tag];
  svg(tag: string, attributes?: object, ...children: Child[]): Element;
  button(label: string, onclick: () => unknown, attributes?: object): HTMLButtonElement;
  out: HTMLElement;
  state: State;
  asked: string | undefined;
  ask(question: { ask: string; [key: string]: unknown }, bytes?: Uint8Array): Promise<Answer>;
  record(): Promise<Uint8Array>;
  model(): Promise<Answer>;
  stored(name: string, value?: unknown): any;
  say(text: string): void;
  refuse(error: unknown): void;
  set(changes: State): Promise<void>;

  // What this or that widget keeps while it is open.
  parts: Part[];
  back: HTMLButtonElement;
  on: HTMLButtonElement;
  start: HTMLButtonElement;
  running?: object;
  own?: { name: string; bytes: Uint8Array };
  seen?: { losses: number[]; means: [number, number][]; steps: number; names: Record<number, string[]> };
  list?: HTMLElement;
  last?: { heat: number; fresh: number };
  slopes: number[];
  table?: Answer;
  checked?: string;
}

/** What a file here adds to the frame. */
interface Widget {
  title: string;
  state: State;
  /** How far those of its numbers go that are counted from 0. */
  most?: Record<string, number>;
  controls(frame: Frame): HTMLElement;
  show(frame: Frame): unknown;
  showMe(frame: Frame): unknown;
  stop?(frame: Frame): void;
}

declare var microgptEngine: { worker: string; wasm: string; record: string };

/** What em++ makes of the library. */
interface Module {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): number;
  free(place: number): void;
  microgpt_give(size: number): number;
  microgpt_ask(question: number): number;
  microgpt_take(): number;
  microgpt_size(): number;
}
