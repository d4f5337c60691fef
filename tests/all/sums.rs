//! Sets of three figures and more, on the four papers.

use gainsay::claim::{ClaimId, Reading};
use gainsay::solve::Limits;
use gainsay::solve::sums::find;
use gainsay::solve::{FigurePair, pairs};
use gainsay::system::System;

use crate::support::{corpus, root};

#[test]
fn police_soldiers_and_civilians_of_one_province_outnumber_the_country() {
    let corpus = corpus(&root().join("claims"));
    for reading in Reading::BOTH {
        let system = System::of(&corpus, reading);
        let pair = |FigurePair { low, high }: &FigurePair| [*low, *high];
        let known: Vec<[ClaimId; 2]> = pairs::find(&system.figures).conflicts.iter().map(pair).collect();
        let started = std::time::Instant::now();
        let found = find(&corpus, reading, &known, &Limits::default());
        println!("{reading:?}: {} known pairs, {:?}", known.len(), started.elapsed());
        for conflict in &found.conflicts {
            let row = |row: &gainsay::solve::sums::Weighted| {
                let claim = corpus.claim(row.claim);
                format!("{} x {} {:?} «{}»", row.weight, corpus.name(row.claim), row.kind, claim.quote)
            };
            println!("  total {}", conflict.total);
            conflict.rows.iter().for_each(|weighted| println!("    {}", row(weighted)));
        }
        println!("facts {:?} components {:?}", found.facts, found.components);
        assert!(found.components.iter().all(|component| component.repair.is_some()));
    }
}
