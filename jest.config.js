'use strict';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
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
