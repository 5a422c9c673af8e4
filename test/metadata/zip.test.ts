import { readZip, writeZip } from '../../lib/metadata/package/zip';

const files = new Map([
  ['package.xml', '<Package/>'],
  ['externalClientApps/A.eca', 'x'.repeat(5_000)],
]);

describe('zip archives', () => {
  it('read back what was written', async () => {
    expect(await readZip(await writeZip(files))).toEqual({ ok: true, value: new Map([...files].sort()) });
  });

  it('have the same bytes whatever the order of the files', async () => {
    const reversed = new Map([...files].reverse());
    expect((await writeZip(files)).equals(await writeZip(reversed))).toBe(true);
  });

  it('are refused when truncated, damaged or not a zip', async () => {
    const bytes = await writeZip(files);
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(60) ^ 0xff, 60);
    for (const bad of [bytes.subarray(0, bytes.length - 10), damaged, Buffer.from('<html/>'), Buffer.alloc(0)]) {
      expect((await readZip(bad)).ok).toBe(false);
    }
  });

  it('are refused when they unpack to more than the limit or hold too many files', async () => {
    const bytes = await writeZip(files);
    expect(await readZip(bytes, { maxBytes: 1_000 })).toEqual({
      ok: false,
      error: 'the zip unpacks to more than 1000 bytes',
    });
    expect(await readZip(bytes, { maxFiles: 1 })).toMatchObject({ ok: false });
  });

  it('are not unpacked where they say themselves that they unpack to more', async () => {
    const bytes = await writeZip(files);
    // What the directory says of the second file, which is small.
    const at = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(0xfffffffe, at + 24);
    expect(await readZip(bytes)).toEqual({
      ok: false,
      error: `the zip unpacks to more than ${600 * 1024 * 1024} bytes`,
    });
  });

  it('are refused when a path leaves the archive', async () => {
    const bytes = await writeZip(new Map([['../../etc/passwd', 'x']]));
    expect(await readZip(bytes)).toMatchObject({ ok: false });
  });
});
