export { SequencePlayer, type SequencePlayerProps } from './sequence-player.tsx';
