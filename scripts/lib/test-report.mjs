import { relative } from 'node:path';

/** What failed, from vitest's report: "file > test", and the first lines of why. A file that broke has no tests. */
export function failuresOf(files, root) {
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}\n${beginning(message)}`] : [];
    return failed.map((test) => `${file} > ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
  });
}

/** The first lines of a failure. */
export function beginning(text) {
  const lines = text.split('\n').slice(0, 12);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join('\n');
}
