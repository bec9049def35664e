//! Index (indexserie): figures of named series, the factor that they make, and the clause that says which.
//! Rule:    old amount × later figure / earlier figure (SCB, "Att räkna med index"). Same series and same month at both
//!          ends; two preliminary or two final figures, never one of each.
//! Units:   index figures as published, usually one decimal; a factor is an exact ratio.
//! Range:   figures above 0, to 99 999 999,9999. A factor below one lowers the amount; the policy may forbid that.
//! Example: 10 500 kr × 173 / 170 is 10 685,29 kr; SCB's own, and it runs in `factor`.

mod change;
mod clause;
mod factor;
mod figure;
mod series;
mod walk;

pub use change::{ComposedChange, DecidedChange, IndexChange, IndexTerm, WaitingChange};
pub use clause::{
    Carried, Conflict, FallPolicy, ForecastFigure, IndexClause, IndexedSeries, Measure, Splice, WeighedSeries,
};
pub use factor::{FigurePair, IndexFactor};
pub use figure::{IndexFigure, IndexStatus, SeriesName};
pub use series::{Indices, MissingIndexFigure};
