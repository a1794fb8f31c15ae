#!/usr/bin/env node
// Copies the font files the product ships out of their npm packages and writes resources/fonts/fonts.json from the
// files' own name tables. Run by hand when a weight is added: `node scripts/make-fonts.mjs`.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withWholeMapOnly } from './lib/font-map.mjs';
import { readFontNames } from './lib/font-names.mjs';
import { root } from './lib/paths.mjs';

const shipped = {
  inter: ['Inter_400Regular', 'Inter_600SemiBold', 'Inter_700Bold'],
  montserrat: ['Montserrat_700Bold', 'Montserrat_900Black'],
  anton: ['Anton_400Regular'],
  'bebas-neue': ['BebasNeue_400Regular'],
  poppins: ['Poppins_500Medium', 'Poppins_700Bold'],
  'noto-sans-arabic': ['NotoSansArabic_700Bold'],
  'noto-sans-hebrew': ['NotoSansHebrew_700Bold'],
  // Emoji of all texts, whatever their font; see src/shared/model/text/emoji.ts.
  'noto-emoji': ['NotoEmoji_700Bold'],
};

const target = join(root, 'resources', 'fonts');
mkdirSync(target, { recursive: true });

const fonts = [];
for (const [name, files] of Object.entries(shipped)) {
  const source = join(root, 'node_modules', '@expo-google-fonts', name);
  const licence = `OFL-${name}.txt`;
  copyFileSync(join(source, 'LICENSE_FONT'), join(target, licence));
  for (const file of files) {
    const from = join(source, file.split('_')[1], `${file}.ttf`);
    const font = name === 'noto-emoji' ? withWholeMapOnly(readFileSync(from)) : readFileSync(from);
    writeFileSync(join(target, `${file}.ttf`), font);
    fonts.push({ file: `${file}.ttf`, ...readFontNames(font), licence });
  }
}
writeFileSync(join(target, 'fonts.json'), `${JSON.stringify({ version: 1, fonts }, null, 2)}\n`);
