"""Everything that changes sessions: ``sessions`` itself, ``agenda``, ``sittings`` and ``votes``."""
