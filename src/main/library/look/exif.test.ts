import { afterEach, expect, test, vi } from 'vitest';
import { readExif } from './exif.ts';

afterEach(() => vi.unstubAllGlobals());

test('a photo with XMP is read without asking for a DOM, whose absence the reader would print', async () => {
  const asked = vi.fn();
  vi.stubGlobal('DOMParser', asked);
  const packet =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';
  const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`);
  // TIFF, big end first, with one entry: orientation 6.
  const tiff = '4d4d002a00000008' + '0001' + '0112' + '0003' + '00000001' + '00060000' + '00000000';
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(tiff, 'hex')]);
  const segment = (data: Buffer) => Buffer.concat([Buffer.from([0xff, 0xe1, 0, data.length + 2]), data]);
  const frame = Buffer.from('ffc0000b080010001001011100', 'hex');
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(exif),
    segment(xmp),
    frame,
    Buffer.from('ffd9', 'hex'),
  ]);
  const facts = await readExif({ sizeBytes: bytes.length, read: async () => bytes } as Parameters<typeof readExif>[0]);
  expect(facts.orientation.rotationDeg).toBe(90);
  expect(asked).not.toHaveBeenCalled();
});
