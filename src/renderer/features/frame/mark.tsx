import markUrl from '../../../../resources/icons/spotloom.svg';

/** Spotloom's sign. */
export function Mark({ className }: { className?: string }) {
  return <img src={markUrl} alt="Spotloom" draggable={false} className={className} />;
}
