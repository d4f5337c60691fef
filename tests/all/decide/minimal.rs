//! All minimal sets without a world, by trying every set in the order of size.

/// Every minimal set (as bits) of the `count` claims for which `world` finds none; `world` gives for a set all claims
/// that hold in some world in which the set holds.
pub(crate) fn minimal_sets(count: usize, world: &dyn Fn(u64) -> Option<u64>) -> Vec<u64> {
    assert!(count <= 16, "{count} claims are no small case");
    let all = (1_u64 << count) - 1;
    if world(all).is_some() {
        return Vec::new();
    }
    let mut sets: Vec<u64> = (0..=all).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    let mut minimal: Vec<u64> = Vec::new();
    let mut possible: Vec<u64> = Vec::new();
    for set in sets {
        // What lies in a set with a world has one; what holds a set without has none, and is not minimal.
        if minimal.iter().any(|smaller| smaller & set == *smaller) || possible.iter().any(|held| set & held == set) {
            continue;
        }
        match world(set) {
            Some(held) => {
                assert_eq!(held & set, set, "a world of these claims holds them");
                possible.push(held);
            }
            None => minimal.push(set),
        }
    }
    minimal
}
