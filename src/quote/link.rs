//! What figures say together: ranges, shares and sums.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::digits::integer;
use super::read::Place;
use super::token::{Tokens, is_dash};
use super::unit::{percent, share};
use super::{Figure, FigureUnit};

/// Looks at each figure and the next: a range shares its multiplier and its percent sign ("7 to 10 million"), and
/// "three out of four" is a share.
pub(super) fn join(figures: &mut Vec<Figure>, places: &[Place], tokens: &Tokens<'_>) {
    let mut shares = Vec::new();
    let mut alternatives = false;
    for at in 1..places.len() {
        let (Some(left), Some(right)) = (places.get(at - 1), places.get(at)) else { break };
        let link = Link::between(tokens, left.end, right.from);
        let (Some(link), Some(second)) = (link, figures.get(at).cloned()) else { continue };
        alternatives |= tokens.word(left.end) != "and";
        let (scale, bare) = (right.scale.clone(), left.scale.is_one());
        let Some(first) = figures.get_mut(at - 1) else { break };
        match link {
            Link::Range if bare => {
                let percents = second.unit == FigureUnit::Percent && first.unit == FigureUnit::Plain;
                let scaled: Vec<_> = first.readings.iter().map(|value| value * &scale).collect();
                if !scale.is_one() {
                    first.readings.extend(scaled);
                } else if percents {
                    first.readings = first.readings.iter().flat_map(percent).collect();
                    first.unit = FigureUnit::Percent;
                }
            }
            Link::Of => {
                if let (Some(above), Some(below)) = (first.readings.first(), second.readings.first())
                    && above < below
                {
                    let readings = share(&(above / below)).collect();
                    let range = first.range.start..second.range.end;
                    let text = format!("{} of {}", first.text, second.text);
                    let unit = FigureUnit::Share;
                    shares.push(Figure { readings, doubted: Vec::new(), unit, firm: false, range, text });
                }
            }
            Link::Range => {}
        }
    }
    if !alternatives {
        shares.extend(sum(figures, places, tokens));
    }
    figures.extend(shares);
    figures.sort_by_key(|figure| figure.range.start);
}

/// "86 armed forces personnel, 109 police officers and 229 civilians" says 424 to whoever adds.
///
/// A claim of the sum is not carried, yet it is no contradiction either: a doubted value over all firm figures, with
/// and without the ones of "two policemen and a driver".
fn sum(figures: &[Figure], places: &[Place], tokens: &Tokens<'_>) -> Option<Figure> {
    let plain = || figures.iter().filter(|figure| figure.unit == FigureUnit::Plain);
    let firm: Vec<_> = plain().filter(|figure| figure.firm).collect();
    // "19 days later he sipped a cup" is not 20: only an "and" adds.
    let is_single = |figure: &Figure, place: &Place| {
        let added = tokens.before(place.from, 1) == "and" && figure.unit == FigureUnit::Plain;
        added && !figure.firm && figure.readings.first().is_some_and(One::is_one)
    };
    let added: Vec<_> = figures
        .iter()
        .zip(places)
        .filter(|(figure, place)| is_single(figure, place))
        .map(|(figure, _)| figure)
        .collect();
    let singles = u32::try_from(added.len()).ok()?;
    let (first, last) = (firm.first()?, figures.last()?);
    let total = firm
        .iter()
        .filter_map(|figure| figure.readings.first())
        .fold(BigRational::zero(), |total, value| total + value);
    let doubted = match (firm.len(), singles) {
        (1, 0) => return None,
        (1, _) => vec![total + integer(singles)],
        _ => vec![total.clone(), total + integer(singles)],
    };
    let range = first.range.start..last.range.end.max(first.range.end);
    let text = firm.iter().chain(&added).map(|figure| figure.text.as_str()).collect::<Vec<_>>().join(" + ");
    Some(Figure { readings: Vec::new(), doubted, unit: FigureUnit::Plain, firm: false, range, text })
}

/// How two figures in a row are tied.
enum Link {
    Range,
    Of,
}

impl Link {
    fn between(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<Self> {
        let dash = tokens.mark(from).is_some_and(is_dash);
        match (to.checked_sub(from)?, tokens.word(from), tokens.word(from + 1)) {
            (1, "to" | "and" | "or", _) => Some(Self::Range),
            (1, "in", _) | (2, "out", "of") => Some(Self::Of),
            (1, _, _) if dash => Some(Self::Range),
            _ => None,
        }
    }
}
