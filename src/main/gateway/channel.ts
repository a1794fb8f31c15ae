/** A two-way pipe of text messages: what every transport is reduced to. */
export interface Channel {
  /** Resolves when the pipe is ready for more, so that a slow reader slows the writer. */
  send(text: string): void | Promise<void>;
  /** One listener. */
  onMessage(listener: (text: string) => void): void;
  /** Called once, whichever side closed. */
  onClose(listener: () => void): void;
  close(): void;
}
