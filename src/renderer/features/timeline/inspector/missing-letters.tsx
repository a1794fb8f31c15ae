import { adviceFor, familiesFor, missingLetters, type TextStyle } from '#shared/model/index.ts';
import { Button } from '../../../ui/index.ts';
import { useReadFaces } from '../../fonts/use-read-faces.ts';

interface MissingLettersProps {
  text: string;
  style: TextStyle;
  onChoose: (fontFamily: string) => void;
}

/** Says which letters of a text its font does not have, and offers one that has them. */
export function MissingLetters({ text, style, onChoose }: MissingLettersProps) {
  const faces = useReadFaces();
  const missing = faces ? missingLetters(text, style, faces) : [];
  if (!faces || missing.length === 0) return null;
  const [family] = familiesFor(text, faces);
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-1.5 rounded-md bg-warn-soft px-2 py-1.5 text-xs text-warn"
    >
      <p>
        {`“${style.fontFamily}” has no ${missing.slice(0, 8).join(' ')}${missing.length > 8 ? ' …' : ''}. `}
        {adviceFor(text, missing, faces)}
      </p>
      {family && (
        <Button size="sm" onClick={() => onChoose(family)}>
          {`Use ${family}`}
        </Button>
      )}
    </div>
  );
}
