//! Finding every pair of a query and an item whose days lie as they must and whose keys are out of order.
//!
//! The cost is that of sorting plus, for each pair found, the logarithm of the number of items: a hundred thousand
//! periods in one cell stay cheap, and periods that do not clash cost next to nothing.

use std::ops::ControlFlow;

/// A stretch of days with a key and a tag of the caller's.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Item {
    pub(crate) first: i32,
    pub(crate) last: i32,
    pub(crate) key: i64,
    pub(crate) tag: u32,
}

/// Calls `visit(query, item)` for every query whose days lie within the item's and whose key is above the item's, the
/// queries in the order of their first days. `visit` may end the search for the query at hand.
pub(crate) fn contained(queries: &[Item], items: &[Item], mut visit: impl FnMut(&Item, &Item) -> ControlFlow<()>) {
    let mut by_last: Vec<&Item> = items.iter().collect();
    by_last.sort_unstable_by_key(|item| (item.last, item.first, item.tag));
    // Where each item stands by its last day, in the order in which items begin.
    let mut by_first: Vec<usize> = (0..by_last.len()).collect();
    let first_at = |&at: &usize| by_last.get(at).map(|item| item.first);
    by_first.sort_unstable_by_key(first_at);
    let mut tree = MinTree::new(by_last.len());
    let mut begun = by_first.iter().peekable();
    let mut queries: Vec<&Item> = queries.iter().collect();
    queries.sort_unstable_by_key(|query| (query.first, query.last, query.tag));
    for query in queries {
        while let Some(&&at) = begun.peek() {
            match by_last.get(at) {
                Some(item) if item.first <= query.first => tree.set(at, item.key),
                _ => break,
            }
            begun.next();
        }
        let from = by_last.partition_point(|item| item.last < query.last);
        tree.below(from, by_last.len(), query.key, &mut |at| match by_last.get(at) {
            Some(item) => visit(query, item),
            None => ControlFlow::Continue(()),
        });
    }
}

/// Calls `visit(query, item)` for every query that shares a day with the item and whose key is above the item's.
pub(crate) fn shared(queries: &[Item], items: &[Item], mut visit: impl FnMut(&Item, &Item) -> ControlFlow<()>) {
    // Two stretches share a day just when one of them begins in the other: either the query begins in the item ...
    let starts: Vec<Item> = queries.iter().map(|query| Item { last: query.first, ..*query }).collect();
    contained(&starts, items, &mut visit);
    // ... or the item begins after the query begins and before it ends.
    let mut by_first: Vec<&Item> = items.iter().collect();
    by_first.sort_unstable_by_key(|item| (item.first, item.last, item.tag));
    let mut tree = MinTree::new(by_first.len());
    for (at, item) in by_first.iter().enumerate() {
        tree.set(at, item.key);
    }
    for query in queries {
        let from = by_first.partition_point(|item| item.first <= query.first);
        let to = by_first.partition_point(|item| item.first <= query.last);
        tree.below(from, to, query.key, &mut |at| match by_first.get(at) {
            Some(item) => visit(query, item),
            None => ControlFlow::Continue(()),
        });
    }
}

/// The least key of every aligned block of positions; positions not set yet hold the largest integer.
struct MinTree {
    /// A complete binary tree: the root at 1, the children of `n` at `2n` and `2n + 1`, the leaves from `leaves` on.
    least: Vec<i64>,
    leaves: usize,
}

impl MinTree {
    fn new(positions: usize) -> Self {
        let leaves = positions.next_power_of_two();
        Self { least: vec![i64::MAX; 2 * leaves], leaves }
    }

    fn at(&self, node: usize) -> i64 {
        self.least.get(node).copied().unwrap_or(i64::MAX)
    }

    fn set(&mut self, position: usize, key: i64) {
        let mut node = self.leaves + position;
        while node >= 1 {
            match self.least.get_mut(node) {
                Some(least) if key < *least => *least = key,
                _ => break,
            }
            node /= 2;
        }
    }

    /// Visits the positions from `from` to before `to` whose keys are below a key, in order, until told to stop.
    fn below(&self, from: usize, to: usize, key: i64, visit: &mut impl FnMut(usize) -> ControlFlow<()>) {
        // A node with the first position of its block and the block's size; the stack is at most two per level deep.
        let mut stack = vec![(1, 0, self.leaves)];
        while let Some((node, start, size)) = stack.pop() {
            if start >= to || start + size <= from || self.at(node) >= key {
                continue;
            }
            if size == 1 {
                if visit(start).is_break() {
                    return;
                }
            } else {
                let half = size / 2;
                stack.push((2 * node + 1, start + half, half));
                stack.push((2 * node, start, half));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let item = (-8..8_i32, 0..8_i32, -3..3_i64);
        prop::collection::vec(item, 0..20).prop_map(|list| {
            let tagged = list.into_iter().zip(0..);
            tagged.map(|((first, length, key), tag)| Item { first, last: first + length, key, tag }).collect()
        })
    }

    type Sweep = fn(&[Item], &[Item], &mut dyn FnMut(&Item, &Item) -> ControlFlow<()>);

    fn found(sweep: Sweep, queries: &[Item], items: &[Item]) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        sweep(queries, items, &mut |query, item| {
            found.push((query.tag, item.tag));
            ControlFlow::Continue(())
        });
        found
    }

    /// The plain method: all pairs.
    fn expected(queries: &[Item], items: &[Item], lie: fn(&Item, &Item) -> bool) -> BTreeSet<(u32, u32)> {
        let pairs = queries.iter().flat_map(|query| items.iter().map(move |item| (query, item)));
        pairs.filter(|(query, item)| query.key > item.key && lie(query, item)).map(|(q, i)| (q.tag, i.tag)).collect()
    }

    proptest! {
        #[test]
        fn finds_what_comparing_all_pairs_finds(queries in items(), items in items()) {
            let within = found(|q, i, visit| contained(q, i, visit), &queries, &items);
            let all = expected(&queries, &items, |q, i| i.first <= q.first && q.last <= i.last);
            prop_assert_eq!(within.len(), all.len(), "each pair once");
            prop_assert_eq!(within.into_iter().collect::<BTreeSet<_>>(), all);

            let meeting = found(|q, i, visit| shared(q, i, visit), &queries, &items);
            let all = expected(&queries, &items, |q, i| i.first <= q.last && q.first <= i.last);
            prop_assert_eq!(meeting.len(), all.len(), "each pair once");
            prop_assert_eq!(meeting.into_iter().collect::<BTreeSet<_>>(), all);
        }
    }

    #[test]
    fn a_visit_can_end_a_query() {
        let item = |tag| Item { first: 0, last: 9, key: 0, tag };
        let query = Item { first: 1, last: 2, key: 1, tag: 0 };
        let mut visits = 0;
        contained(&[query], &[item(0), item(1), item(2)], |_, _| {
            visits += 1;
            ControlFlow::Break(())
        });
        assert_eq!(visits, 1);
    }
}
