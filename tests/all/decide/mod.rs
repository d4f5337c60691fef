//! A second method that decides whether claims have a world. It shares no code with the program: every position is
//! listed, every set of positions that one unit can have, and a textbook simplex does the rest. It is meant to be
//! obviously right on small cases, and is slow on others.

mod cases;
pub(crate) mod masses;
pub(crate) mod minimal;
pub(crate) mod simplex;
