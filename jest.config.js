'use strict';

/** CDK=cdktn: the suites of the constructs again, whose programs then get CDK Terrain where they import cdktf. */
const cdktn = process.env.CDK === 'cdktn';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: [cdktn ? '<rootDir>/test/constructs' : '<rootDir>/test'],
  moduleNameMapper: {
    // As the examples name it: the sources, not what was built.
    '^cdktf-salesforce-client-apps$': '<rootDir>/constructs/index.ts',
    ...(cdktn && { '^cdktf$': 'cdktn' }),
  },
  // That which compares the two needs both as they are.
  testMatch: [cdktn ? '**/!(cdk).test.ts' : '**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/provide.mjs',
  // Ten thousand random apps take a while.
  testTimeout: process.env.CLIENT_APPS_DEEP ? 1_800_000 : 60_000,
  testSequencer: '<rootDir>/test/longest-first.js',
  // One more than the cores there are at least: a suite that waits for Terraform, or for a poll, leaves its core idle.
  maxWorkers: 3,
};
