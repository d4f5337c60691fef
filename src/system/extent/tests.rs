use super::*;
use crate::codebook::{Event, Term};
use crate::system::Bits;

/// world > {pakistan > {kp, punjab, [border]}, iran}; border overlaps kp and punjab.
struct Places {
    codebook: Codebook,
    place: DimensionId,
}

impl Places {
    fn new(exhaustive: bool) -> Self {
        let mut codebook = Codebook::default();
        let place = codebook.dimensions.add("place", "in {}", "world", "anywhere", false, false);
        let mut places = Self { codebook, place };
        places.add("pakistan", "world", false, exhaustive);
        places.add("kp", "pakistan", false, false);
        places.add("punjab", "pakistan", false, false);
        places.add("border", "pakistan", true, false);
        places.add("border-north", "border", false, false);
        places.add("iran", "world", false, false);
        places
    }

    fn add(&mut self, id: &str, parent: &str, overlaps: bool, exhaustive: bool) {
        let parent = self.id(parent);
        self.codebook.dimensions.add_term(Term {
            id: id.to_owned(),
            label: id.to_owned(),
            dimension: self.place,
            parent: Some(parent),
            overlaps,
            exhaustive,
            aliases: Vec::new(),
            definition: None,
        });
    }

    fn id(&self, name: &str) -> TermId {
        self.codebook.dimensions.find_term(name).unwrap()
    }

    fn terms(&self, names: &[&str]) -> Region {
        Region::Terms(names.iter().map(|name| self.id(name)).collect())
    }

    fn except(&self, names: &[&str]) -> Region {
        Region::Except(names.iter().map(|name| self.id(name)).collect())
    }
}

fn within(places: &Places, inner: &Region, outer: &Region) -> bool {
    let mut extents = Extents::of(&places.codebook);
    let (inner, outer) = (extents.region(inner), extents.region(outer));
    extents.is_within(inner, outer)
}

#[test]
fn terms_nest_as_their_tree_does() {
    let p = Places::new(false);
    assert!(within(&p, &p.terms(&["kp"]), &p.terms(&["pakistan"])));
    assert!(!within(&p, &p.terms(&["pakistan"]), &p.terms(&["kp"])));
    assert!(!within(&p, &p.terms(&["kp"]), &p.terms(&["punjab"])));
    assert!(within(&p, &p.terms(&["kp"]), &p.terms(&["world"])));
}

#[test]
fn the_root_is_the_whole() {
    let p = Places::new(false);
    let mut extents = Extents::of(&p.codebook);
    assert_eq!(extents.region(&p.terms(&["world"])), ExtentId::WHOLE);
    assert_ne!(extents.region(&p.terms(&["pakistan"])), ExtentId::WHOLE);
}

#[test]
fn an_overlapping_term_lies_in_its_parent_and_meets_its_siblings_somehow() {
    let p = Places::new(false);
    assert!(within(&p, &p.terms(&["border"]), &p.terms(&["pakistan"])));
    assert!(within(&p, &p.terms(&["border-north"]), &p.terms(&["border"])));
    assert!(!within(&p, &p.terms(&["border"]), &p.terms(&["kp"])));
    assert!(!within(&p, &p.terms(&["kp"]), &p.except(&["border"])), "part of it may be border");
    assert!(within(&p, &p.terms(&["iran"]), &p.except(&["border"])), "Iran lies outside Pakistan's border areas");
}

#[test]
fn unions_and_exceptions_are_sets() {
    let p = Places::new(false);
    assert!(within(&p, &p.terms(&["kp"]), &p.terms(&["kp", "punjab"])));
    assert!(within(&p, &p.terms(&["kp", "punjab"]), &p.terms(&["pakistan"])));
    assert!(!within(&p, &p.terms(&["pakistan"]), &p.terms(&["kp", "punjab"])), "there is a rest of Pakistan");
    assert!(within(&p, &p.terms(&["punjab", "iran"]), &p.except(&["kp"])));
    assert!(!within(&p, &p.terms(&["pakistan"]), &p.except(&["kp"])));
}

#[test]
fn children_that_cover_their_parent_are_the_same_extent() {
    let p = Places::new(true);
    let mut extents = Extents::of(&p.codebook);
    let parts = extents.region(&p.terms(&["kp", "punjab"]));
    assert_eq!(parts, extents.region(&p.terms(&["pakistan"])));
    let rest = extents.region(&p.except(&["kp", "punjab"]));
    assert_eq!(rest, extents.region(&p.except(&["pakistan"])));
    // A root whose one child covers it is its child.
    let mut single = Codebook::default();
    let harm = single.dimensions.add("harm", "{}", "harmed", "harmed", true, false);
    let root = single.dimensions.dimension(harm).root;
    let child = single.dimensions.add_term(Term {
        parent: Some(root),
        dimension: harm,
        ..p.codebook.dimensions.term(p.id("kp")).clone()
    });
    assert_eq!(Extents::of(&single).region(&Region::Terms(vec![child])), ExtentId::WHOLE);
    let nothing = extents.region(&p.except(&["world"]));
    assert!(extents.is_empty(nothing) && !extents.is_empty(rest));
}

#[test]
fn pieces_are_what_terms_cut_a_dimension_into() {
    let pieces = |exhaustive: bool, names: &[&str]| -> Vec<Vec<String>> {
        let p = Places::new(exhaustive);
        let extents = Extents::of(&p.codebook);
        let terms: Vec<TermId> = names.iter().map(|name| p.id(name)).collect();
        let named =
            |piece: Vec<TermId>| piece.iter().map(|&term| p.codebook.dimensions.term(term).id.clone()).collect();
        extents.pieces_of_terms(&terms).into_iter().map(named).collect()
    };
    let text = |list: &[&[&str]]| -> Vec<Vec<String>> {
        list.iter().map(|piece| piece.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(pieces(false, &["kp", "pakistan"]), text(&[&["kp", "pakistan"], &["pakistan"], &[]]));
    let covered = text(&[&["kp", "pakistan"], &["punjab", "pakistan"], &[]]);
    assert_eq!(pieces(true, &["kp", "punjab", "pakistan"]), covered, "no piece of Pakistan is left");
    let overlapping = text(&[&["kp", "border"], &["kp"], &["border"], &[]]);
    assert_eq!(pieces(false, &["kp", "border"]), overlapping);
}

#[test]
fn incidents_nest_and_spans_overlap() {
    let mut codebook = Codebook::default();
    let mut add = |id: &str, kind, parent: Option<usize>| {
        codebook.events.push(Event {
            id: id.to_owned(),
            label: id.to_owned(),
            kind,
            parent: parent.map(EventId::new),
            place: None,
            period: None,
            definition: None,
        });
    };
    add("war", EventKind::Span, None);
    add("battle", EventKind::Incident, Some(0));
    add("shelling", EventKind::Incident, Some(1));
    add("other", EventKind::Incident, None);
    add("campaign", EventKind::Span, Some(0));
    let mut extents = Extents::of(&codebook);
    let ids: Vec<ExtentId> = (0..5).map(|at| extents.event(EventId::new(at))).collect();
    let [war, battle, shelling, other, campaign] = ids[..] else { panic!("five events") };
    assert!(extents.is_within(battle, war) && extents.is_within(shelling, battle) && extents.is_within(shelling, war));
    assert!(extents.is_within(campaign, war) && !extents.is_within(battle, campaign));
    assert!(!extents.is_within(other, war) && !extents.is_within(battle, other));
}

/// Into which of some extents a position can fall is the same axis by axis, crossed, and all at once.
#[test]
fn patterns_by_axis_are_those_of_all_axes_together() {
    let mut p = Places::new(true);
    p.add("coast", "world", true, false);
    p.add("harbour", "coast", true, false);
    p.add("valley", "pakistan", true, false);
    let terms = ["pakistan", "kp", "border", "border-north", "coast", "harbour", "valley"].map(|name| p.terms(&[name]));
    let others = ["kp", "border", "border-north", "coast", "harbour", "valley"].map(|name| p.except(&[name]));
    let regions: Vec<Region> = terms.into_iter().chain(others).chain([p.except(&["border", "coast"])]).collect();
    let mut extents = Extents::of(&p.codebook);
    let ids: Vec<ExtentId> = regions.iter().map(|region| extents.region(region)).collect();
    let mut apart = 0;
    for a in 0..ids.len() {
        for b in a..ids.len() {
            for c in b..ids.len() {
                let some = [ids[a], ids[b], ids[c]];
                let together: Vec<Bits> = extents.patterns(&some, 1_000).unwrap().into_keys().collect();
                let by_axis = extents.patterns_by_axis(&some, 1_000).unwrap();
                apart += usize::from(by_axis.len() > 1);
                let mut crossed = vec![Bits::all(3)];
                for patterns in by_axis {
                    crossed = crossed.iter().flat_map(|set| patterns.keys().map(|other| set.and(other))).collect();
                }
                crossed.sort_unstable();
                crossed.dedup();
                assert_eq!(crossed, together, "{:?}", [&regions[a], &regions[b], &regions[c]]);
            }
        }
    }
    assert!(apart > 100, "{apart}");
}
