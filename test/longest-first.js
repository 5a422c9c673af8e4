'use strict';
// Without a cache, as on a clean clone, jest takes the size of a file for the time it takes; a random suite is short and
// takes minutes, and as the last one it would run alone.
const { statSync } = require('node:fs');
const { relative } = require('node:path');

const LONGEST = ['test/pipeline/', 'test/terraform/', 'test/metadata/'];

module.exports = class LongestFirst {
  sort(tests) {
    const rank = (path) => {
      const found = LONGEST.findIndex((folder) => path.startsWith(folder));
      return found === -1 ? LONGEST.length : found;
    };
    return tests
      .map((test) => ({
        test,
        rank: rank(relative(test.context.config.rootDir, test.path)),
        size: statSync(test.path).size,
      }))
      .sort((a, b) => a.rank - b.rank || b.size - a.size)
      .map(({ test }) => test);
  }

  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, index) => index % shardCount === shardIndex - 1);
  }

  allFailedTests() {
    throw new Error('--onlyFailures needs the results of an earlier run, which are not kept');
  }

  cacheResults() {}
};
