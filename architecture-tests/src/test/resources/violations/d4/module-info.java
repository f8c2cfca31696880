/** Only in a module can a permit be elsewhere at all; so this one is compiled by the test. */
module violations.dfour {}
