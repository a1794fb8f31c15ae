export { isSameLook } from './look-grid.tsx';
export { TextLooks } from './text-looks.tsx';
