//! Every claim in its place: per measure, event and attribute who says what, side by side, who agrees with whom, and what each
//! conflicts with.

use std::collections::BTreeSet;

use super::index::{Link, Numbered};
use super::picture::{Axis, Drawing, Item, Stretch, day_number, number};
use super::{Page, Text};
use crate::number::Rational;
use crate::report::Verdict;
use crate::report::show::{Group, Mark, Range, ShownClaim};
use crate::report::text::count;

/// The measures, the events or the attributes.
pub(super) struct Kind {
    pub(super) anchor: &'static str,
    pub(super) heading: &'static str,
    pub(super) themes: Vec<Theme>,
}

/// One measure, event or attribute.
pub(super) struct Theme {
    pub(super) anchor: String,
    pub(super) title: Text,
    pub(super) definition: Option<Text>,
    pub(super) claims: usize,
    pub(super) sources: usize,
    pub(super) contradictions: usize,
    pub(super) tensions: usize,
    pub(super) agreements: usize,
    pub(super) axis: Option<AxisView>,
    pub(super) has_grid: bool,
    pub(super) scopes: Vec<Scope>,
}

/// The axis above the claims of a theme.
pub(super) struct AxisView {
    pub(super) title: Text,
    pub(super) description: Text,
    pub(super) drawing: Drawing,
    /// The lines at its marks, which each row repeats; none where that would be too often for a browser.
    pub(super) grid: Option<Vec<Item>>,
}

/// Claims about the same.
pub(super) struct Scope {
    pub(super) words: Text,
    /// In how many other scopes of the theme it lies, at most six.
    pub(super) depth: usize,
    pub(super) caveat: Option<Text>,
    pub(super) rows: Vec<Row>,
}

/// One claim.
pub(super) struct Row {
    pub(super) anchor: Text,
    pub(super) figure: Text,
    pub(super) allows: Option<Text>,
    pub(super) items: Vec<Item>,
    /// The source, where in its text, and whom it credits.
    pub(super) who: Text,
    pub(super) quote: Text,
    pub(super) marks: Vec<Told>,
}

/// What is to be said of a claim: with whom it agrees, in what it conflicts, how it fared.
pub(super) struct Told {
    pub(super) class: &'static str,
    pub(super) words: Text,
    pub(super) links: Vec<Link>,
}

/// All claims, by what they are about.
pub(super) fn themes(page: &Page<'_>, numbered: &Numbered) -> Vec<Kind> {
    let of = |kind: &'static str| -> Vec<Theme> {
        let mut themes: Vec<(&str, Vec<&Group>)> = Vec::new();
        for group in &page.groups {
            let Some((_, id)) = group.of().filter(|(own, _)| *own == kind) else { continue };
            match themes.last_mut().filter(|(last, _)| *last == id) {
                Some((_, groups)) => groups.push(group),
                None => themes.push((id, vec![group])),
            }
        }
        themes.iter().map(|(id, groups)| theme(page, numbered, kind, id, groups)).collect()
    };
    let kinds = [
        ("measure", "measures", "Figures"),
        ("event", "events", "Dates"),
        ("attribute", "attributes", "Facts and opinions"),
    ];
    let kinds = kinds.map(|(kind, anchor, heading)| Kind { anchor, heading, themes: of(kind) });
    kinds.into_iter().filter(|kind| !kind.themes.is_empty()).collect()
}

fn theme(page: &Page<'_>, numbered: &Numbered, kind: &'static str, id: &str, groups: &[&Group]) -> Theme {
    let claims = || groups.iter().flat_map(|group| &group.claims);
    let of_verdict = |verdict: Verdict| {
        let marks = claims().flat_map(|claim| &claim.findings).filter(|mark| mark.verdict == verdict);
        marks.map(|mark| mark.finding.as_str()).collect::<BTreeSet<_>>().len()
    };
    let agreements = || groups.iter().flat_map(|group| &group.agreements).filter(|pair| pair.tension.is_none());
    let name = page.names.iter().find(|name| name.kind == kind && name.id == id);
    let title = groups.first().map(|group| group.title.clone()).unwrap_or_default();
    let axis = axis(groups);
    Theme {
        anchor: format!("{kind}.{id}"),
        title: Text::new(&title),
        definition: name.and_then(|name| name.definition.as_deref()).map(Text::new),
        claims: claims().count(),
        sources: claims().map(|claim| &claim.source).collect::<BTreeSet<_>>().len(),
        contradictions: of_verdict(Verdict::Contradiction),
        tensions: of_verdict(Verdict::Tension),
        agreements: agreements().count(),
        scopes: groups.iter().map(|group| scope(group, axis.as_ref(), numbered)).collect(),
        has_grid: axis.is_some() && claims().count() <= MOST_WITH_GRID,
        axis: axis.map(|axis| view(&axis, &title, claims().count())),
    }
}

/// The axis on which the figures or the days of a theme lie, where two claims at least have one.
fn axis(groups: &[&Group]) -> Option<Axis> {
    let drawn = groups.iter().filter(|group| is_drawn(group));
    let claims: Vec<(&Group, &ShownClaim)> =
        drawn.flat_map(|group| group.claims.iter().map(move |claim| (*group, claim))).collect();
    let ranges: Vec<Stretch> = (claims.iter())
        .flat_map(|(group, claim)| [stretch(group, &claim.strict), stretch(group, &claim.plain)])
        .collect();
    let ends: Vec<&Rational> = ranges.iter().flat_map(Stretch::ends).collect();
    let dates = claims.iter().any(|(group, _)| group.kind == "date");
    (claims.len() > 1 && !ends.is_empty()).then(|| {
        if dates {
            Axis::of_days(ends.into_iter())
        } else {
            Axis::of_numbers(ends.into_iter(), ranges.iter().any(Stretch::is_unbounded))
        }
    })
}

/// Changes, shares and lengths of time have axes of their own, which are not drawn.
fn is_drawn(group: &Group) -> bool {
    matches!(group.kind, "figure" | "date")
}

fn stretch(group: &Group, range: &Range) -> Stretch {
    let end = |end: &Option<String>| {
        let text = end.as_deref()?;
        if group.kind == "date" { day_number(text) } else { number(text) }
    };
    Stretch { low: end(&range.low), low_open: range.low_open, high: end(&range.high), high_open: range.high_open }
}

fn view(axis: &Axis, title: &str, claims: usize) -> AxisView {
    let mut drawing = Drawing::default();
    drawing.axis(axis, 0);
    let grid = axis.ticks().into_iter().map(|(x, _)| Item::Down { class: "g", x, from: 0, to: ROW_HEIGHT });
    let marks: Vec<String> =
        axis.ticks().into_iter().map(|(_, label)| label).filter(|label| !label.is_empty()).collect();
    let caveat = axis.caveat().unwrap_or_default();
    AxisView {
        title: Text::new(&format!("{title}: the axis of {}", count(claims, "claim"))),
        description: Text::new(&format!("Marks at {}. {caveat}", marks.join(", "))),
        drawing,
        grid: (claims <= MOST_WITH_GRID).then(|| grid.collect()),
    }
}

/// Beyond so many claims of one theme the rows do without the lines at the marks of the axis.
const MOST_WITH_GRID: usize = 300;

/// How high a row's picture is, and at what height its marks stand.
const ROW_HEIGHT: u32 = 16;
const MIDDLE: u32 = 8;

fn scope(group: &Group, axis: Option<&Axis>, numbered: &Numbered) -> Scope {
    Scope {
        words: Text::new(&crate::prose::capitalized(&group.about())),
        depth: group.depth.min(6),
        caveat: group.caveat().map(|caveat| Text::new(&format!("{caveat}."))),
        rows: group.claims.iter().map(|claim| row(group, claim, axis, numbered)).collect(),
    }
}

fn row(group: &Group, claim: &ShownClaim, axis: Option<&Axis>, numbered: &Numbered) -> Row {
    let reads = |range: &Range| range.words.clone();
    let allows = match (reads(&claim.strict), reads(&claim.plain)) {
        (Some(strict), Some(plain)) if strict != plain => {
            Some(format!("word for word {strict}; as a reader takes it {plain}"))
        }
        (strict, plain) => strict.or(plain),
    };
    // What its words say already, and that what is more is more than nothing, need not be told.
    let said = |words: &String| {
        words.trim_start_matches("exactly ") == claim.given
            || matches!(&*claim.given, "more" | "fewer" | "not before it")
    };
    let allows = allows.filter(|words| group.kind != "date" && !said(words));
    Row {
        anchor: Text::new(&claim.claim),
        figure: Text::new(&claim.figure()),
        allows: allows.map(|allows| Text::new(&allows)),
        items: axis.filter(|_| is_drawn(group)).map(|axis| items(group, claim, axis)).unwrap_or_default(),
        who: Text::new(&claim.who()),
        quote: Text::new(&claim.quote),
        marks: marks(claim, numbered),
    }
}

/// What the words allow as a thin line, and over it, where that is narrower, what a reader takes them for as a thick one.
fn items(group: &Group, claim: &ShownClaim, axis: &Axis) -> Vec<Item> {
    let mut drawing = Drawing::default();
    let strict = stretch(group, &claim.strict);
    let plain = stretch(group, &claim.plain);
    // Some figures say nothing word for word: there a reader's reading is all there is.
    if strict.ends().next().is_none() && plain.ends().next().is_none() {
        return Vec::new();
    }
    if group.kind == "date" {
        drawing.days(axis, &strict, MIDDLE);
        return drawing.items;
    }
    if strict.ends().next().is_some() {
        drawing.stretch(axis, &strict, MIDDLE);
    }
    if plain.low == plain.high && plain.low.is_some() && strict != plain {
        drawing.stretch(axis, &plain, MIDDLE);
        return drawing.items;
    }
    if let (Some(low), Some(high)) = (&plain.low, &plain.high)
        && plain != strict
    {
        let from = axis.place(low);
        let width = axis.place(high).beyond(from);
        drawing.items.push(Item::Rect { class: "k", x: from, width, y: MIDDLE - 3, height: 6 });
    }
    drawing.items
}

fn marks(claim: &ShownClaim, numbered: &Numbered) -> Vec<Told> {
    let told = |class, words: String, links| Told { class, words: Text::new(&words), links };
    let mut marks = Vec::new();
    let agrees = |independent: bool| {
        let agreements = claim.supports.iter().filter(|support| support.tension.is_none());
        agreements.filter(move |support| support.independent == independent)
    };
    // Whoever agrees stands in the same scope, so that a name is enough.
    let free: Vec<&str> = agrees(true).map(|support| support.source_name.as_str()).collect();
    if !free.is_empty() {
        marks.push(told("a", format!("Agrees with {}", counted(&free)), Vec::new()));
    }
    for support in agrees(false) {
        let why = claim.why_not_independent(support);
        marks.push(told("s", format!("Agrees with {}{why}", support.source_name), Vec::new()));
    }
    for support in &claim.supports {
        if let Some(tension) = &support.tension {
            let words = format!("Agrees only word for word with {}", support.source_name);
            marks.push(told("s", words, numbered.link(tension).into_iter().collect()));
        }
    }
    if !claim.repeats.is_empty() {
        marks.push(told("r", "Fits another of its source".to_owned(), Vec::new()));
    }
    for (verdict, class, words) in [
        (Verdict::Contradiction, "c", "Contradicted in"),
        (Verdict::Tension, "t", "In a tension:"),
        (Verdict::Note, "n", "Remarked on in"),
    ] {
        let of: Vec<&Mark> = claim.findings.iter().filter(|mark| mark.verdict == verdict).collect();
        if verdict == Verdict::Note && numbered.is_many && !of.is_empty() {
            // Remarks lead to their claims; where there are thousands, the way back is left out.
            marks.push(told(class, count(of.len(), "remark"), Vec::new()));
            continue;
        }
        let links: Vec<Link> = of.into_iter().filter_map(|mark| numbered.link(&mark.finding)).collect();
        if !links.is_empty() {
            marks.push(told(class, words.to_owned(), links));
        }
    }
    // The list of what was not compared says what these mean, and why.
    let fared = match (claim.state, &claim.because) {
        ("alone", None) => vec!["Alone".to_owned()],
        ("compared" | "alone", Some(because)) => {
            let only = if because.starts_with("word for word") { "As read only" } else { "As worded only" };
            vec![only.to_owned()]
        }
        _ => claim.fared(),
    };
    marks.extend(fared.into_iter().map(|words| told("q", words, Vec::new())));
    marks
}

/// Names with how often each comes: "Khan (2023) and Mahmood (2023) (3 claims)".
fn counted(names: &[&str]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, number)) => *number += 1,
            None => counts.push((name, 1)),
        }
    }
    let told = counts.into_iter().map(|(name, number)| match number {
        1 => name.to_owned(),
        more => format!("{name} ({more} claims)"),
    });
    crate::prose::list(&told.collect::<Vec<_>>(), "and")
}
