/** What a sandbox may be called, in words. */
export const SANDBOX_NAME = '1 to 10 letters and digits';

export const isSandboxName = (name: string): boolean => /^[A-Za-z0-9]{1,10}$/.test(name);
