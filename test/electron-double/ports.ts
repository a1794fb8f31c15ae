import { EventEmitter } from 'node:events';

/** A MessagePortMain: messages wait until `start`, arrive later, and are copied. */
export class DoublePort extends EventEmitter {
  #other: DoublePort | null = null;
  #waiting: unknown[] = [];
  #isStarted = false;
  #isClosed = false;

  /** Joins two ports. */
  static pair(): { port1: DoublePort; port2: DoublePort } {
    const [port1, port2] = [new DoublePort(), new DoublePort()];
    port1.#other = port2;
    port2.#other = port1;
    return { port1, port2 };
  }

  postMessage(message: unknown): void {
    const copy = structuredClone(message);
    setImmediate(() => this.#other?.deliver(copy));
  }

  deliver(message: unknown): void {
    if (this.#isClosed) return;
    if (this.#isStarted) this.emit('message', { data: message, ports: [] });
    else this.#waiting.push(message);
  }

  start(): void {
    this.#isStarted = true;
    for (const message of this.#waiting.splice(0)) this.deliver(message);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    setImmediate(() => {
      this.emit('close');
      this.#other?.close();
    });
  }
}
