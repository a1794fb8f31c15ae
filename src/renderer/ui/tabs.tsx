import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** One tab: its label and what it shows. */
export interface Tab<Value extends string = string> {
  value: Value;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
  /** Right end of the tab row. */
  trailing?: ReactNode;
  className?: string;
}

/** Pages in one place, chosen by a row of tabs. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, trailing, className }: TabsProps<Value>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={cn('flex min-h-0 flex-col', className)}
    >
      <div className="flex h-9 shrink-0 items-center border-b border-line px-2">
        <Radix.List aria-label={label} className="flex h-full gap-1">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className="ring-inset-focus -mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-ink-3 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {tab.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        <div className="ml-auto flex items-center gap-1">{trailing}</div>
      </div>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.value}
          value={tab.value}
          tabIndex={-1}
          className="flex min-h-0 grow flex-col data-[state=inactive]:hidden"
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
