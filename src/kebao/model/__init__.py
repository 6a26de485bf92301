"""Words that every other room of the library uses: text, outcome, finding, rule, report, errors."""
