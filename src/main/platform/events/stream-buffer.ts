/** A bounded queue between a synchronous writer and one asynchronous reader. */
export class StreamBuffer<Value> {
  readonly #limit: number;
  readonly #keyOf: ((value: Value) => string) | undefined;
  #values = new Map<string | number, Value>();
  #nextNumber = 0;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor(limit: number, keyOf?: (value: Value) => string) {
    this.#limit = Math.max(1, limit);
    this.#keyOf = keyOf;
  }

  /** Adds a value, dropping the oldest when full. */
  push(value: Value): void {
    if (this.#isEnded) return;
    this.#values.set(this.#keyOf?.(value) ?? this.#nextNumber++, value);
    if (this.#values.size > this.#limit) {
      const oldest = this.#values.keys().next();
      if (oldest.done !== true) this.#values.delete(oldest.value);
    }
    this.#wake?.();
  }

  /** Lets the reader finish what is buffered, then ends. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** Reads until {@link end}; `onDone` runs once, however the reading stops. */
  read(onDone: () => void): AsyncGenerator<Value, void, void> {
    const generator = this.#drain();
    let isDone = false;
    const finish = () => {
      if (!isDone) onDone();
      isDone = true;
    };
    return {
      next: async () => {
        const result = await generator.next();
        if (result.done === true) finish();
        return result;
      },
      return: async () => {
        // The plain generator would wait for its pending read first, perhaps for ever.
        this.end();
        finish();
        this.#values.clear();
        return generator.return();
      },
      throw: async (error: unknown) => {
        this.end();
        finish();
        return generator.throw(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        await this.return();
      },
    };
  }

  async *#drain(): AsyncGenerator<Value, void, void> {
    for (;;) {
      for (const [key, value] of this.#values) {
        this.#values.delete(key);
        yield value;
      }
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
