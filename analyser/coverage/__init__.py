"""Judge every (service, harm, function) cell: which duties bind, which can be escaped, which stop short,
and for whom."""
