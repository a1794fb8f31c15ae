export { LintButton, type LintButtonProps } from './lint-button.tsx';
export { useLintPlacements } from './lint-choice.ts';
export type { LintRow } from './lint-rows.ts';
export { useFontMetrics } from './use-font-metrics.ts';
export { type Lint, useLint } from './use-lint.ts';
export { useLintPanel } from './use-lint-panel.ts';
