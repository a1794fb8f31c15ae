import { coverAll } from './shaders.ts';

/** What a texture holds: whole numbers of so many bits, signed (i) or not. */
export type TextureKind = 'u8' | 'u16' | 'i16' | 'i32' | 'rgba8' | 'rgba16';

/** A texture and its size. */
export interface Texture {
  readonly kind: TextureKind;
  readonly width: number;
  readonly height: number;
  readonly handle: WebGLTexture;
}

/** A rectangle of whole pixels of a target. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One pass: a fragment program over a part of a target. */
export interface Pass {
  readonly program: string;
  /** Null draws to the canvas. */
  readonly target: Texture | null;
  /** Default: all of it. */
  readonly area?: Area;
  readonly textures: Readonly<Record<string, Texture>>;
  /** Whole-number uniforms: one, two or three numbers. */
  readonly whole?: Readonly<Record<string, number | readonly number[]>>;
  readonly real?: Readonly<Record<string, number | readonly number[]>>;
}

/** Samples of one kind of texture. */
export type Samples = Uint8Array | Uint16Array | Int32Array;

interface Program {
  handle: WebGLProgram;
  places: Map<string, WebGLUniformLocation | null>;
}

/** Bytes of textures that lie idle between frames. */
const idleLimitBytes = 96 * 2 ** 20;
const bytesPerTexel: Readonly<Record<TextureKind, number>> = { u8: 1, u16: 2, i16: 2, i32: 4, rgba8: 4, rgba16: 8 };

function formatOf(gl: WebGL2RenderingContext, kind: TextureKind): [internal: number, format: number, type: number] {
  switch (kind) {
    case 'u8':
      return [gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE];
    case 'u16':
      return [gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT];
    case 'i16':
      return [gl.R16I, gl.RED_INTEGER, gl.SHORT];
    case 'i32':
      return [gl.R32I, gl.RED_INTEGER, gl.INT];
    case 'rgba8':
      return [gl.RGBA8UI, gl.RGBA_INTEGER, gl.UNSIGNED_BYTE];
    case 'rgba16':
      return [gl.RGBA16UI, gl.RGBA_INTEGER, gl.UNSIGNED_SHORT];
  }
}

/**
 * WebGL2 for pictures of whole numbers: programs, passes, and textures that are used again. Row 0 is the top line.
 * Owns everything it makes; `dispose` gives it back.
 */
export class Gl {
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGL2RenderingContext;
  readonly #programs = new Map<string, Program>();
  #idle: Texture[] = [];
  #used = new Set<Texture>();
  readonly #target: WebGLFramebuffer;

  /** Throws where WebGL2 is not there. */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext('webgl2', {
      ...{ alpha: false, antialias: false, depth: false, stencil: false },
      preserveDrawingBuffer: true,
    });
    const target = gl?.createFramebuffer();
    if (!gl || !target) throw new Error('WebGL2 is not available');
    this.canvas = canvas;
    this.#gl = gl;
    this.#target = target;
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.PACK_ALIGNMENT, 1);
    gl.disable(gl.DITHER);
  }

  get isLost(): boolean {
    return this.#gl.isContextLost();
  }

  /** Bytes of all textures, used and idle. */
  get bytes(): number {
    return [...this.#idle, ...this.#used].reduce((sum, texture) => sum + sizeOf(texture), 0);
  }

  /** A texture, with samples or with whatever it held before. Give it back with {@link Gl.release}. */
  texture(kind: TextureKind, width: number, height: number, samples?: Samples): Texture {
    const gl = this.#gl;
    const index = this.#idle.findIndex((one) => one.kind === kind && one.width === width && one.height === height);
    const texture = index >= 0 ? this.#idle.splice(index, 1)[0] : undefined;
    const made = texture ?? this.#make(kind, width, height);
    this.#used.add(made);
    if (samples) {
      const [, format, type] = formatOf(gl, kind);
      gl.bindTexture(gl.TEXTURE_2D, made.handle);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, format, type, samples);
    }
    return made;
  }

  /** Gives textures back for later use. */
  release(...textures: readonly (Texture | null)[]): void {
    for (const texture of textures) if (texture && this.#used.delete(texture)) this.#idle.push(texture);
    let idleBytes = this.#idle.reduce((sum, texture) => sum + sizeOf(texture), 0);
    while (idleBytes > idleLimitBytes) {
      const oldest = this.#idle.shift();
      if (!oldest) return;
      idleBytes -= sizeOf(oldest);
      this.#gl.deleteTexture(oldest.handle);
    }
  }

  /** Gives every texture back but these: for the end of a frame, however it ended. */
  releaseAllBut(kept: readonly Texture[]): void {
    this.release(...[...this.#used].filter((texture) => !kept.includes(texture)));
  }

  /** A copy of a texture of bytes. */
  copy(of: Texture): Texture {
    const gl = this.#gl;
    const copy = this.texture(of.kind, of.width, of.height);
    this.#aim(of);
    gl.bindTexture(gl.TEXTURE_2D, copy.handle);
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 0, 0, of.width, of.height);
    return copy;
  }

  /** Draws a pass. */
  run(pass: Pass): void {
    const gl = this.#gl;
    const program = this.#program(pass.program);
    // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, no hook of React
    gl.useProgram(program.handle);
    this.#aim(pass.target);
    const { width, height } = pass.target ?? this.canvas;
    gl.viewport(0, 0, width, height);
    const area = pass.area ?? { x: 0, y: 0, width, height };
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(area.x, area.y, area.width, area.height);
    for (const [unit, [name, texture]] of Object.entries(pass.textures).entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture.handle);
      gl.uniform1i(this.#place(program, name), unit);
    }
    this.#setUniforms(program, pass);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    // A texture left bound could be the target of a later pass of this program, which must not read what it draws.
    for (let unit = Object.keys(pass.textures).length - 1; unit >= 0; unit -= 1) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, null);
    }
  }

  /** Makes a texture of bytes one value throughout. */
  clear(target: Texture, value: number): void {
    const gl = this.#gl;
    this.#aim(target);
    gl.disable(gl.SCISSOR_TEST);
    gl.viewport(0, 0, target.width, target.height);
    gl.clearBufferuiv(gl.COLOR, 0, [value, 0, 0, 0]);
  }

  /** The bytes of a `u8` texture, line by line. Waits for the drawing to end. */
  read(texture: Texture): Uint8Array<ArrayBuffer> {
    const gl = this.#gl;
    const { width, height } = texture;
    this.#aim(texture);
    const texels = new Uint32Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA_INTEGER, gl.UNSIGNED_INT, texels);
    const samples = new Uint8Array(width * height);
    for (let at = 0; at < samples.length; at += 1) samples[at] = texels[at * 4] ?? 0;
    return samples;
  }

  /** Resolves once everything drawn so far is really done (or the context is lost). */
  async whenDone(): Promise<void> {
    const gl = this.#gl;
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return;
    gl.flush();
    while (!gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED)
      await new Promise((resolve) => setTimeout(resolve, 8));
    gl.deleteSync(fence);
  }

  dispose(): void {
    const gl = this.#gl;
    for (const texture of [...this.#idle, ...this.#used]) gl.deleteTexture(texture.handle);
    for (const { handle } of this.#programs.values()) gl.deleteProgram(handle);
    gl.deleteFramebuffer(this.#target);
    this.#idle = [];
    this.#used.clear();
    this.#programs.clear();
    // Browsers hold only a few contexts: this one must not wait for the garbage collector.
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #make(kind: TextureKind, width: number, height: number): Texture {
    const gl = this.#gl;
    const largest = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    if (width > largest || height > largest)
      throw new RangeError(`pictures of ${width} × ${height} are too large here`);
    const handle = gl.createTexture();
    const [internal] = formatOf(gl, kind);
    gl.bindTexture(gl.TEXTURE_2D, handle);
    gl.texStorage2D(gl.TEXTURE_2D, 1, internal, width, height);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    return { kind, width, height, handle };
  }

  #aim(target: Texture | null): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, target ? this.#target : null);
    if (target) gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target.handle, 0);
  }

  #setUniforms(program: Program, { whole = {}, real = {} }: Pass): void {
    const gl = this.#gl;
    for (const [name, value] of Object.entries(whole)) {
      const place = this.#place(program, name);
      const [one = 0, two, three] = typeof value === 'number' ? [value] : value;
      if (two === undefined) gl.uniform1i(place, one);
      else if (three === undefined) gl.uniform2i(place, one, two);
      else gl.uniform3i(place, one, two, three);
    }
    for (const [name, value] of Object.entries(real)) {
      const place = this.#place(program, name);
      const [one = 0, two] = typeof value === 'number' ? [value] : value;
      if (two === undefined) gl.uniform1f(place, one);
      else gl.uniform2f(place, one, two);
    }
  }

  #place(program: Program, name: string): WebGLUniformLocation | null {
    const known = program.places.get(name);
    if (known !== undefined) return known;
    const place = this.#gl.getUniformLocation(program.handle, name);
    program.places.set(name, place);
    return place;
  }

  #program(source: string): Program {
    const known = this.#programs.get(source);
    if (known) return known;
    const gl = this.#gl;
    const handle = gl.createProgram();
    for (const [kind, text] of [
      [gl.VERTEX_SHADER, coverAll],
      [gl.FRAGMENT_SHADER, source],
    ] as const) {
      const shader = gl.createShader(kind);
      if (!shader) throw new Error('the graphics context is lost');
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(handle, shader);
      gl.deleteShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
        throw new Error(`a drawing program was refused: ${gl.getShaderInfoLog(shader)}`);
    }
    gl.linkProgram(handle);
    if (!gl.getProgramParameter(handle, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Error(`a drawing program was refused: ${gl.getProgramInfoLog(handle)}`);
    const program = { handle, places: new Map<string, WebGLUniformLocation | null>() };
    this.#programs.set(source, program);
    return program;
  }
}

function sizeOf({ kind, width, height }: Texture): number {
  return bytesPerTexel[kind] * width * height;
}
