// Imports a folder into a library, in a process of its own that the test kills: <library> <footage> <link|copy>
import { openLibrary } from './library-kit.ts';

const [root = '', footage = '', mode = 'link'] = process.argv.slice(2);
const opened = openLibrary(root);
process.stdout.write('open\n');
await opened.importPaths([footage], mode === 'copy' ? 'copy' : 'link');
await opened.settle();
await opened.close();
process.stdout.write('done\n');
