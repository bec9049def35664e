//! The rule of the fee, in numbers worked out by hand: acceptance tests of the core, a room each.
//! Populations are Statistics Sweden's of 31 December 2023. Tariff T (1,50 kr per inhabitant, at least 15 000 kr, at most
//! 120 000 kr) is illustrative: no network has decided it. Tariffs of others are named where they are used.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod anything;
mod bounds;
mod bridge;
mod bridge_of_all;
mod bulk;
mod compare;
mod escalation;
mod falls;
mod federation;
mod forecast;
mod frame;
mod goal_seek;
mod goal_seek_of_all;
mod index_terms;
mod known;
mod made;
mod printed_explanation;
mod proration;
mod refusals;
mod shapes;
mod stored;
mod terms;
