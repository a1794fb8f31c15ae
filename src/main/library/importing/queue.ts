/** A line that one side fills while others take from it. */
export interface Queue<Item> {
  add(item: Item): void;
  /** Nothing more will come. */
  end(): void;
  /** The next item, waiting for one if need be; null once the line has ended and is empty. */
  take(): Promise<Item | null>;
}

/** Creates an empty line. */
export function createQueue<Item>(): Queue<Item> {
  const items: Item[] = [];
  const takers: ((item: Item | null) => void)[] = [];
  let isEnded = false;
  let next = 0;
  return {
    add(item) {
      const taker = takers.shift();
      if (taker !== undefined) taker(item);
      else items.push(item);
    },
    end() {
      isEnded = true;
      for (const taker of takers.splice(0)) taker(null);
    },
    take() {
      if (next < items.length) {
        const item = items[next] as Item;
        next += 1;
        // An index instead of shift(): a folder of 100,000 files must not be moved 100,000 times.
        if (next > 1000) items.splice(0, next);
        if (next > 1000) next = 0;
        return Promise.resolve(item);
      }
      return isEnded ? Promise.resolve(null) : new Promise((resolve) => takers.push(resolve));
    },
  };
}
