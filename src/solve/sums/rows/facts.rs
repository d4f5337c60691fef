//! Facts as masses of at most one over the values of an attribute.

use std::collections::BTreeMap;

use crate::claim::{ClaimId, Corpus, Form, Reading};
use crate::codebook::{Domain, EventId, TermId};
use crate::edtf::Day;
use crate::number::{Rational, integer};
use crate::solve::sums::RowKind;
use crate::solve::sums::rows::days::shared_days;
use crate::solve::sums::rows::{ItemRow, Mass, Place, Saying, System};
use crate::system::{ExtentId, FOREVER, FactKey, FactStatement, FactValue, Region, day_numbers, fact_statement};

impl System<'_> {
    pub(super) fn facts(&mut self, corpus: &Corpus, reading: Reading) {
        let mut of_key: BTreeMap<FactKey, Vec<(FactStatement, ClaimId)>> = BTreeMap::new();
        for (id, claim) in corpus.claims().filter(|(_, claim)| claim.superseded_by.is_none()) {
            if matches!(claim.form, Form::Fact { .. })
                && let Ok(statement) = fact_statement(corpus, id, reading)
            {
                of_key.entry(statement.key).or_default().push((statement, id));
            }
        }
        for (key, mut facts) in of_key {
            facts.sort_by_cached_key(|(fact, id)| (fact.values.clone(), fact.negated, fact.days, corpus.name(*id)));
            let attribute = self.codebook.attribute(key.attribute);
            let days: Vec<Option<Day>> = if attribute.changes {
                let stretches = facts.iter().map(|(fact, _)| day_numbers(fact.days));
                shared_days(stretches).into_iter().map(Some).collect()
            } else {
                vec![None]
            };
            for (fact, claim) in facts.iter().filter(|_| attribute.changes) {
                self.spans.push((Mass::Fact(key, None), *claim, day_numbers(fact.days)));
                self.days.entry(Mass::Fact(key, None)).or_default().extend(days.iter().flatten());
            }
            for (fact, claim) in &facts {
                let holds = |day: &&Option<Day>| {
                    day.is_none_or(|day| {
                        let (first, last) = day_numbers(fact.days);
                        (first..=last).contains(&day.number())
                    })
                };
                let rows = days.iter().filter(holds).map(|&day| self.fact_row(Mass::Fact(key, day), day, fact));
                let rows = rows.collect();
                self.sayings.push(Saying { claim: *claim, rows });
            }
            if attribute.single_valued {
                for &day in &days {
                    let row = self.one_value(Mass::Fact(key, day), day, attribute.values);
                    self.background.push(row);
                }
            }
        }
    }

    fn fact_row(&mut self, mass: Mass, day: Option<Day>, fact: &FactStatement) -> ItemRow {
        let all_days = |extents| Place { mass, extents, first: -FOREVER, last: FOREVER };
        let mut places = Vec::new();
        let mut terms: Vec<TermId> = Vec::new();
        let mut events: Vec<EventId> = Vec::new();
        for value in &fact.values {
            match *value {
                FactValue::Term(term) => terms.push(term),
                FactValue::Event(event) => events.push(event),
                FactValue::Days(first, last) => {
                    places.push(Place { mass, extents: Vec::new(), first: first.number(), last: last.number() });
                }
            }
        }
        if !terms.is_empty() {
            places.push(all_days(vec![self.extents.region(&Region::Terms(terms))]));
        }
        if !events.is_empty() {
            places.push(all_days(vec![self.extents.any_event(&events)]));
        }
        let (kind, times, at_least) = if fact.negated { (RowKind::High, -1, 0) } else { (RowKind::Low, 1, 1) };
        let terms = places.into_iter().map(|place| (self.intern(place), integer(times)));
        let terms: BTreeMap<usize, Rational> = terms.collect();
        let terms = terms.into_iter().collect();
        ItemRow { kind, of: mass, day, scopes: Vec::new(), terms, at_least: integer(at_least), open: false }
    }

    fn one_value(&mut self, mass: Mass, day: Option<Day>, values: Domain) -> ItemRow {
        let extents = if values == Domain::Dates { Vec::new() } else { vec![ExtentId::WHOLE] };
        let all = self.intern(Place { mass, extents, first: -FOREVER, last: FOREVER });
        let terms = vec![(all, integer(-1))];
        ItemRow { kind: RowKind::High, of: mass, day, scopes: Vec::new(), terms, at_least: integer(-1), open: false }
    }
}
