module.exports = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/matchers.ts'],
  transform: { '\\.ts$': ['@swc/jest', { module: { type: 'commonjs' } }] },
  testTimeout: 30_000,
};
