import { describe, expect, it } from 'vitest';
import { createEvents } from './events.ts';

interface Map {
  tick: number;
  job: { id: string; at: number };
}

describe('the event bus', () => {
  it('calls listeners until they leave, and goes on when one throws', () => {
    const errors: unknown[] = [];
    const events = createEvents<Map>({ onListenerError: (error) => errors.push(error) });
    const heard: number[] = [];
    events.on('tick', () => {
      throw new Error('bad listener');
    });
    const stop = events.on('tick', (value) => heard.push(value));
    events.emit('tick', 1);
    stop();
    stop();
    events.emit('tick', 2);
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(2);
  });

  it('streams what comes after the call, also before the first read', async () => {
    const events = createEvents<Map>();
    const abort = new AbortController();
    const stream = events.stream('tick', abort.signal);
    events.emit('tick', 1);
    events.emit('tick', 2);
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    expect(await stream.next()).toEqual({ done: false, value: 2 });
    const waiting = stream.next();
    events.emit('tick', 3);
    expect(await waiting).toEqual({ done: false, value: 3 });
    const last = stream.next();
    abort.abort();
    expect(await last).toEqual({ done: true, value: undefined });
    expect(events.hasListeners('tick')).toBe(false);
  });

  it('keeps only the newest of a key and at most the limit for a slow reader', async () => {
    const events = createEvents<Map>();
    const stream = events.stream('job', undefined, { limit: 2, coalesceBy: ({ id }) => id });
    for (let at = 0; at < 5; at += 1) events.emit('job', { id: 'a', at });
    events.emit('job', { id: 'b', at: 9 });
    events.emit('job', { id: 'c', at: 9 });
    events.dispose();
    const seen: string[] = [];
    for await (const { id, at } of stream) seen.push(`${id}${at}`);
    expect(seen).toEqual(['b9', 'c9']);
  });

  it('lets a reader leave while it waits', async () => {
    const events = createEvents<Map>();
    const stream = events.stream('tick');
    const waiting = stream.next();
    await stream.return();
    expect((await waiting).done).toBe(true);
    expect(events.hasListeners('tick')).toBe(false);
  });
});
