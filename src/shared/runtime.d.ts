/** The part of the platforms' AbortSignal that shared code may name; Node and browsers each bring the whole. */
interface AbortSignal {
  readonly aborted: boolean;
}
