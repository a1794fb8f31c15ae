export { Button, type ButtonSize, type ButtonVariant, IconButton } from './button.tsx';
export { cn } from './cn.ts';
export {
  type Command,
  commandsSeen,
  isApple,
  isShortcut,
  type KeyOverrides,
  setKeyOverrides,
  shortcutOf,
  useCommands,
  useCurrentCommands,
} from './commands/index.ts';
export { ConfirmDialog, Dialog } from './dialog.tsx';
export { type ErrorActions, ErrorActionsProvider, ErrorDetails, ErrorNotice, useErrorAction } from './error-notice.tsx';
export { Badge, type BadgeTone, EmptyState, Progress } from './feedback.tsx';
export { useFocusBack } from './focus-back.ts';
export {
  formatAge,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDuration,
  formatEstimate,
  formatShortLength,
} from './format.ts';
export { InlineEdit } from './inline-edit.tsx';
export { Field, fieldClass, Input, NumberInput, SearchInput, TextArea } from './input.tsx';
export { Kbd } from './kbd.tsx';
export { useLeaveFields } from './leave-fields.ts';
export { ContextMenu, Menu, type MenuItem } from './menu.tsx';
export { Panel } from './panel.tsx';
export { Popover } from './popover.tsx';
export { Select, type SelectOption } from './select.tsx';
export { Slider } from './slider.tsx';
export { Spinner } from './spinner.tsx';
export { SplitPane } from './split-pane.tsx';
export { type Tab, Tabs } from './tabs.tsx';
export { Toaster, toast } from './toast.tsx';
export { Checkbox, Segmented, Switch } from './toggles.tsx';
export { Tooltip, TooltipProvider } from './tooltip.tsx';
export { showLastTheme, useTheme } from './use-theme.ts';
