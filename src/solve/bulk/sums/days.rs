//! The days of one cell, added up.

use std::cmp::Reverse;

use super::tree::{Node as TreeNode, SCOPES, Tree, Whole, least_cover, most_apart};
use super::{Along, Root, Scale};
use crate::codebook::entry;
use crate::solve::bulk::Search;
use crate::solve::bulk::groups::Group;

/// The groups of one cell.
pub(super) struct Days<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) scale: Scale<'a>,
    pub(super) cell: usize,
    /// Whether separate days add up.
    pub(super) adds: bool,
}

/// What a scope holds.
struct Node {
    group: usize,
    low: i128,
    high: i128,
}

impl Days<'_> {
    /// Says whether some days cross.
    pub(super) fn run(&self, roots: &mut Vec<Root>) -> bool {
        let groups = self.groups();
        // Days of one length lie in each other only if they are the same.
        if groups.iter().all(|group| group.first == group.last) {
            return false;
        }
        if groups.len() < 3 {
            let cross = |a: &Group, b: &Group| !a.holds(b) && !b.holds(a) && b.first <= a.last;
            return groups.windows(2).any(|pair| matches!(pair, [a, b] if cross(a, b)));
        }
        let mut crossing = false;
        let mut done: Vec<Node> = Vec::new();
        nest(
            groups,
            0..groups.len(),
            || crossing = true,
            |group, parts| {
                let node = self.add_up(group, parts, &done, roots);
                done.push(node);
            },
        );
        crossing
    }

    fn groups(&self) -> &[Group] {
        self.search.groups.of_cell(self.cell)
    }

    /// Adds up the parts of a scope, all of which are done.
    fn add_up(&self, group: usize, parts: Vec<usize>, done: &[Node], roots: &mut Vec<Root>) -> Node {
        let own = entry(self.groups(), group);
        let (low, high) = (self.scale.low(own.low), self.scale.high(own.high));
        if parts.is_empty() {
            return Node { group, low, high };
        }
        let part = |at: &usize| entry(done, *at);
        let days = |at: &usize| {
            let own = entry(self.groups(), part(at).group);
            (own.first, own.last)
        };
        let parts = by_end(parts, days);
        let sum = if self.adds { most_apart(&parts, |at| (days(at), part(at).low)).0 } else { 0 };
        let cover = least_cover(&parts, (own.first, own.last), |at| (days(at), part(at).high)).0;
        if sum > high || cover < low {
            roots.extend(Root::of(self.search, (self.cell, group), Along::Days));
        }
        Node { group, low: low.max(sum), high: high.min(cover) }
    }

    /// A scope and all that lies in it.
    pub(super) fn tree(&self, root: &Group) -> Option<Tree<'_>> {
        let groups = self.groups();
        let from = groups.partition_point(|group| group.first < root.first);
        let to = groups.partition_point(|group| group.first <= root.last);
        let within: Vec<usize> = (from..to).filter(|&at| root.holds(entry(groups, at))).take(SCOPES + 1).collect();
        if within.len() > SCOPES {
            return None;
        }
        let mut nodes: Vec<TreeNode> = Vec::new();
        nest(
            groups,
            within,
            || (),
            |group, parts| {
                let days = |at: &usize| {
                    nodes.get(*at).and_then(|node: &TreeNode| node.own).map(|(_, own)| (own.first, own.last))
                };
                let parts = by_end(parts, |at| days(at).unwrap_or_default());
                let own = Some((self.cell, *entry(groups, group)));
                nodes.push(TreeNode { own, parts, whole: Whole::Days { adds: self.adds } });
            },
        );
        Some(Tree { search: self.search, scale: self.scale, nodes })
    }
}

fn by_end(mut parts: Vec<usize>, days: impl Fn(&usize) -> (i32, i32)) -> Vec<usize> {
    parts.sort_unstable_by_key(|at| {
        let (first, last) = days(at);
        (last, first)
    });
    parts
}

/// Visits some groups, parts before their wholes, each with what lies directly in it, told by the order of the visits; and
/// says when two of them cross: then the later one is taken for what lies beside the earlier one.
fn nest(
    groups: &[Group],
    some: impl IntoIterator<Item = usize>,
    mut crosses: impl FnMut(),
    mut visit: impl FnMut(usize, Vec<usize>),
) {
    let group = |at: usize| entry(groups, at);
    let mut order: Vec<usize> = some.into_iter().collect();
    order.sort_unstable_by_key(|&at| (group(at).first, Reverse(group(at).last)));
    let mut visited = 0;
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut close = |open: &mut Vec<(usize, Vec<usize>)>| {
        if let Some((at, parts)) = open.pop() {
            visit(at, parts);
            if let Some((_, above)) = open.last_mut() {
                above.push(visited);
            }
            visited += 1;
        }
    };
    for at in order {
        while let Some(&(top, _)) = open.last()
            && !group(top).holds(group(at))
        {
            if group(top).last >= group(at).first {
                crosses();
            }
            close(&mut open);
        }
        open.push((at, Vec::new()));
    }
    while !open.is_empty() {
        close(&mut open);
    }
}
