//! The contract of the Aura API: its operations, and what their parameters and bodies must look like.
