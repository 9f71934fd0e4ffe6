//! An Aura API on 127.0.0.1, for tests and try-outs.
