//! Effort that is counted, never timed, so that every machine gives up at the same place.

/// Why there is no answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The limit on steps came first.
    OutOfSteps,
    /// Machine integers do not suffice.
    Overflow,
}

/// How many steps are left; a step is about a billionth of a second's work, one operation on a float.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Steps {
    pub(crate) left: u64,
}

impl Steps {
    /// Pays for `count` operations of a price each, and one for asking.
    ///
    /// # Errors
    ///
    /// `OutOfSteps` when that is more than what is left.
    pub(crate) fn take(&mut self, count: usize, price: u64) -> Result<(), Stop> {
        let cost = (count as u64).saturating_mul(price).saturating_add(1);
        self.left = self.left.checked_sub(cost).ok_or(Stop::OutOfSteps)?;
        Ok(())
    }
}
