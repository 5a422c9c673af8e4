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

  it('are refused when a path leaves the archive', async () => {
    const bytes = await writeZip(new Map([['../../etc/passwd', 'x']]));
    expect(await readZip(bytes)).toMatchObject({ ok: false });
  });
});
