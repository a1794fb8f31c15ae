import { useEffect, useState } from 'react';
import { adviceFor, familiesFor, missingLetters, type TextStyle } from '#shared/model/index.ts';
import { areFacesRead, readFaces, setFaces } from '../../../preview/font-metrics.ts';
import { Button } from '../../../ui/index.ts';

interface MissingLettersProps {
  text: string;
  style: TextStyle;
  onChoose: (fontFamily: string) => void;
}

/** Says which letters of a text its font does not have, and offers one that has them. */
export function MissingLetters({ text, style, onChoose }: MissingLettersProps) {
  const [isRead, setRead] = useState(areFacesRead());
  useEffect(() => {
    let isWanted = true;
    if (!isRead) void readFaces().then(() => isWanted && setRead(areFacesRead()));
    return () => {
      isWanted = false;
    };
  }, [isRead]);
  const faces = setFaces();
  const missing = isRead ? missingLetters(text, style, faces) : [];
  if (missing.length === 0) return null;
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
