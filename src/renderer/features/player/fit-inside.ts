/** The largest size of a ratio inside a box, in whole pixels. */
export function fitInside(box: { width: number; height: number }, shape: { width: number; height: number }) {
  const scale = Math.min(box.width / shape.width, box.height / shape.height);
  return {
    width: Math.max(0, Math.floor(shape.width * scale)),
    height: Math.max(0, Math.floor(shape.height * scale)),
  };
}
