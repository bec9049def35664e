//! Whole commands through the real binary.
