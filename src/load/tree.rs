//! Parents: cycles among them, and how deep they nest.

use super::code::FaultCode;
use super::fault::Page;
use super::text::quoted;
use crate::span::Span;

/// How deep terms, events and measures may be nested. Following parents is then cheap everywhere.
pub(super) const MAX_NESTING: usize = 64;

/// A name that names its parent at a place.
pub(super) struct Child<'n> {
    pub(super) name: &'n str,
    /// The index of the parent among the children.
    pub(super) parent: Option<usize>,
    pub(super) span: &'n Span,
}

/// Reports each cycle once, at its first member, and whatever is nested too deep. Whether there was none of either.
///
/// `leads` is how a message puts that one thing leads to the next: "lies in".
pub(super) fn check(page: Page<'_>, children: &[Child<'_>], leads: &str) -> bool {
    let mut depths: Vec<Option<usize>> = vec![None; children.len()];
    let mut sound = true;
    for start in 0..children.len() {
        let mut path = Vec::new();
        let mut next = Some(start);
        let mut base = 0;
        while let Some(at) = next {
            match depths.get(at) {
                Some(None) => {}
                Some(Some(depth)) => {
                    base = *depth;
                    break;
                }
                None => break,
            }
            // Depth 0 stands for "on this path" until the path is done: a walk that meets it again has gone round.
            if let Some(depth) = depths.get_mut(at) {
                *depth = Some(0);
            }
            path.push(at);
            next = children.get(at).and_then(|child| child.parent);
        }
        let round = next.and_then(|at| path.iter().position(|&member| member == at));
        if let Some(first) = round {
            sound = false;
            report(page, children, path.get(first..).unwrap_or_default(), leads);
        }
        sound &= settle(page, children, &path, base, round.is_some(), &mut depths);
    }
    sound
}

/// Writes down the depths of a finished path, the deepest first; reports the first that is too deep.
fn settle(
    page: Page<'_>,
    children: &[Child<'_>],
    path: &[usize],
    base: usize,
    round: bool,
    depths: &mut [Option<usize>],
) -> bool {
    let mut sound = true;
    for (above, &at) in path.iter().rev().enumerate() {
        let depth = if round { 1 } else { base + above + 1 };
        if let Some(slot) = depths.get_mut(at) {
            *slot = Some(depth);
        }
        if depth == MAX_NESTING + 1
            && let Some(child) = children.get(at)
        {
            sound = false;
            page.fault(FaultCode::TooDeep, child.span, format!("{} is nested too deep", quoted(child.name)))
                .help(format!("at most {MAX_NESTING} levels are read"))
                .send();
        }
        sound &= depth <= MAX_NESTING;
    }
    sound
}

fn report(page: Page<'_>, children: &[Child<'_>], members: &[usize], leads: &str) {
    /// How many members of a cycle a message names.
    const NAMED: usize = 6;
    let names: Vec<&str> = members.iter().filter_map(|&at| children.get(at)).map(|child| child.name).collect();
    let Some(first) = members.iter().filter_map(|&at| children.get(at)).min_by_key(|child| child.name) else { return };
    let turn = names.iter().position(|&name| name == first.name).unwrap_or(0);
    let mut names: Vec<&str> = names.iter().cycle().skip(turn).take(names.len()).copied().collect();
    let hidden = names.len() > NAMED;
    names.truncate(NAMED);
    let mut steps: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    steps.extend(hidden.then(|| "…".to_owned()));
    steps.push(quoted(first.name));
    let chain = steps.join(&format!(" {leads} "));
    let message = format!("{} {leads} itself", quoted(first.name));
    let draft = page.fault(FaultCode::Cycle, first.span, message);
    if names.len() > 1 {
        draft.help(format!("break the circle: {chain}")).send();
    } else {
        draft.help("remove this key").send();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fault::Sink;
    use crate::load::text::Text;

    fn faults(parents: &[Option<usize>]) -> Vec<String> {
        let text = Text::new("f", "x");
        let sink = Sink::default();
        let names: Vec<String> = (0..parents.len()).map(|at| format!("n{at}")).collect();
        let children: Vec<_> =
            names.iter().zip(parents).map(|(name, &parent)| Child { name, parent, span: &(0..1) }).collect();
        let sound = check(Page { text: &text, sink: &sink }, &children, "lies in");
        assert_eq!(sound, sink.is_empty());
        let faults = sink.into_faults();
        faults.iter().map(|fault| format!("{}: {}", fault.message, fault.help.as_deref().unwrap_or(""))).collect()
    }

    #[test]
    fn each_cycle_is_told_once() {
        assert!(faults(&[None, Some(0), Some(1), Some(0)]).is_empty());
        assert_eq!(faults(&[Some(0)]), ["`n0` lies in itself: remove this key"]);
        let around = faults(&[Some(1), Some(2), Some(3), Some(1), Some(0)]);
        assert_eq!(around, ["`n1` lies in itself: break the circle: `n1` lies in `n2` lies in `n3` lies in `n1`"]);
    }

    #[test]
    fn nesting_has_an_end() {
        let chain = |length: usize| (0..length).map(|at| at.checked_sub(1)).collect::<Vec<_>>();
        assert!(faults(&chain(MAX_NESTING)).is_empty());
        assert_eq!(faults(&chain(MAX_NESTING + 50)).len(), 1);
        let backwards: Vec<_> = (1..=MAX_NESTING + 50).map(|at| (at < MAX_NESTING + 50).then_some(at)).collect();
        assert_eq!(faults(&backwards).len(), 1);
    }
}
