//! From names to integers: boxes, bounds, rows, under both readings. Nothing after this room looks a name up.

mod bits;
mod cells;
mod changes;
mod columns;
mod extent;
mod facts;
mod figures;
mod keys;
mod moments;
mod patterns;
mod position;
mod scope_box;
mod timeline;

pub(crate) use bits::Bits;
pub use cells::{CellId, Cells, Contents};
pub use changes::{ChangeKind, ChangeStatement, change_statement};
pub(crate) use columns::{Columns, Entry, NO_HIGH, NO_LOW};
pub use extent::{ExtentId, Extents, Region};
pub use facts::{FactKey, FactRow, FactRows, FactStatement, FactValue, Relations, fact_statement};
pub(crate) use figures::day_numbers;
pub use figures::{FOREVER, FigureRows, Half, Mode, NotComparable, Statement, quantity, statement, value_scale};
pub use moments::{EventBounds, MomentRow, MomentRows, event_bounds};
pub(crate) use patterns::Position;
pub use scope_box::{Boxes, ScopeBox, ScopeError, boxes, event_days};
pub use timeline::{Constraint, Ground, Point, constraints, duration, known};

use crate::claim::{ClaimId, Corpus, Form, Reading};

/// A corpus in integers, under one reading.
#[derive(Debug)]
pub struct System {
    /// Which reading.
    pub reading: Reading,
    /// The figures: rows on boxes.
    pub figures: FigureRows,
    /// The dates: rows on moments.
    pub moments: MomentRows,
    /// What date and duration claims say of differences between days.
    pub timeline: Vec<Constraint>,
    /// The facts.
    pub facts: FactRows,
    /// The claims that give no row, and why.
    pub not_comparable: Vec<(ClaimId, NotComparable)>,
}

impl System {
    /// Compiles a corpus under one reading. Superseded claims give no row.
    pub fn of(corpus: &Corpus, reading: Reading) -> Self {
        let mut figures = figures::Builder::new(corpus);
        let mut moments = MomentRows::default();
        let mut facts = facts::Builder::new(corpus);
        let mut timeline = Vec::new();
        let mut not_comparable = Vec::new();
        for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
            let outcome = match &claim.form {
                Form::Value { .. } => {
                    statement(corpus, id, reading).and_then(|statement| figures.add(id, &statement, reading))
                }
                Form::Change { .. } | Form::Share { .. } => change_statement(corpus, id, reading)
                    .and_then(|statement| figures.add_change(id, &statement, reading)),
                Form::Duration { .. } | Form::Date { .. } => {
                    timeline::constraints(corpus, id, reading).and_then(|found| {
                        timeline.extend(found);
                        moments.add(corpus, id, reading)
                    })
                }
                Form::Fact { .. } => facts.add(corpus, id, reading),
            };
            if let Err(reason) = outcome {
                not_comparable.push((id, reason));
            }
        }
        Self { reading, figures: figures.finish(reading), moments, timeline, facts: facts.finish(), not_comparable }
    }
}
