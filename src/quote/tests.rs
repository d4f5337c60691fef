#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests fail by panicking")]
//! Phrases and what they carry, reasoned from how a reader takes them.
//!
//! Each row is a phrase and verdicts for wanted values: `Y` the phrase carries it, `N` it contradicts it, `U` unsure,
//! `-` the phrase says nothing about it.

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

use super::{Carry, FigureUnit, carries, figures};

fn letter(quote: &str, value: &str) -> char {
    let value: BigRational = value.parse().expect("the table holds rationals");
    match carries(&figures(quote), &[value]) {
        Carry::Yes => 'Y',
        Carry::No { .. } => 'N',
        Carry::Unsure { .. } => 'U',
        Carry::NoFigures => '-',
    }
}

fn check(rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (quote, verdicts) in rows {
        let mut expected = '?';
        for part in verdicts.split_whitespace() {
            if matches!(part, "Y" | "N" | "U" | "-") {
                expected = part.chars().next().unwrap_or('?');
                continue;
            }
            let found = letter(quote, part);
            if found != expected {
                wrong.push(format!("{quote:?}: {part} is {found}, not {expected}: {:?}", figures(quote)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Phrases of at most 15 words from the four papers.
const PAPERS: &[(&str, &str)] = &[
    ("Last year alone saw over 150 attacks", "Y 150 N 151 15"),
    ("USD 7.12 billion", "Y 7120000000 N 712000000 7"),
    ("estimated at around USD 7.12 billion) left behind", "Y 7120000000 N 7000000000"),
    ("divided into over a dozen *wilaya*", "Y 12 N 13"),
    ("with one being added as recently as last year.¹⁷", "Y 1 - 17 2"),
    ("Dozens of such factions exist at present", "U 24 12 - 5000"),
    ("relations with both the NATO-backed Afghan government", "Y 2 - 3"),
    ("the two countries share the mutual", "Y 2 N 3"),
    ("a two-pronged strategy to deal with", "Y 2 - 3"),
    ("considerable security threat for decades to come", "U 20 - 1"),
    ("The 2022 revocation of negotiations", "- 7 2023"),
    ("11 November 2023", "- 11 12 45"),
    ("in the region.²³ Another avenue exists", "- 23 22"),
    ("one of the largest and most organised militant groups", "Y 1 - 7"),
    ("with a landmass of 652,230 sq km", "Y 652230 N 652 652320"),
    ("fought three wars in 1839, 1879, and 1919", "Y 3 N 4"),
    ("USSR and British in the 19th century", "- 19 20"),
    ("erupted in the country from 1992 to 1996", "- 4 5"),
    ("Afghan Taliban on October 7, 2001", "- 7 8"),
    ("Pakistan hosted about 3.5 million Afghan refugees", "Y 3500000 N 35000000 3"),
    ("in 2002, 3.5 million refugees returned to Afghanistan", "Y 3500000 N 350000"),
    ("although 1.8 million remained in Pakistan", "Y 1800000 N 18"),
    ("in Doha, Qatar, on 29th February 2020, ends the twenty years", "Y 20 N 29 19"),
    ("Afghanistan by May 1, 2021", "- 1 2"),
    ("the existing presence of roughly 2,200 fighters", "Y 2200 N 220 22000"),
    ("on 26 August 2021, resulting in the loss of 13 US soldiers", "Y 13 N 26 12"),
    ("the loss of 13 US soldiers and 170 lives", "Y 13 170 N 182 U 183"),
    ("in early 2008, the number of militants in TTP was more than 10,000", "Y 10000 N 1000 2009"),
    ("in which 148 students were killed", "Y 148 N 149"),
    ("carrying out around 170 attacks in Khyber Pakhtunkhwa", "Y 170 N 171"),
    ("busiest and longest 2640-kilometer Pak-Afghan border", "Y 2640 N 2670"),
    ("a great loss of civilians surpassing 80,000", "Y 80000 N 8000"),
    ("and approximately 5,000 military personnel martyred", "Y 5000 N 500"),
    ("loss of civilians, exceeding 3000 losses", "Y 3000 N 300"),
    ("Pakistan mobilized 140,000 military personnel", "Y 140000 N 14000"),
    ("sacrificed over 3,000 of its soldiers", "Y 3000 N 3001"),
    ("the two decades from 2001 to 2021", "Y 2 20 N 21 3"),
    ("a staggering loss of 200 billion US dollars (Mirza, 2021, January 8)", "Y 200000000000 N 8 20000000000"),
    ("the Taliban and Al Qaeda post 9/11", "- 9 11 10"),
    ("TTP claimed at least 32 attacks", "Y 32 N 23"),
    ("during the first two months of 2021", "Y 2 - 32 3"),
    ("a stronghold with thousands of fighters on both sides", "Y 2 U 5000 - 100"),
    ("carried out dozens of attacks on Pakistani security forces in 2022", "U 48 - 5 2021"),
    ("A year and a half later", "Y 3/2 U 1 N 2"),
    ("In a clash in December 2022, six Pakistani civilians were killed", "Y 6 N 8"),
    ("Just 19 days after the fall of Kabul", "Y 19 N 20"),
    ("fatalities increased 25 percent in 2022 from the previous year", "Y 25 1/4 5/4 N 26"),
    ("at least 262 terrorist attacks, including 14 suicide bombings", "Y 262 14 N 226 U 276"),
    ("claiming a total of 419 lives", "Y 419 N 1 491"),
    ("carried out 367 attacks in Pakistan", "Y 367 N 376"),
    ("killing and injuring 1,105 security personnel", "Y 1105 N 105 1150"),
    ("At least 348 of those attacks took place", "Y 348 N 384"),
    ("ISI chief in the early 1990s", "- 1990 5"),
    ("At least two policemen and a driver were killed", "Y 2 U 3 N 4"),
    ("hundreds of thousands of people had to flee", "U 500000 - 50"),
    ("is between 7,000 to 10,000", "Y 7000 10000 N 8000"),
    ("in a briefing on Jan. 4", "- 4 5"),
    ("through their pre-2001 lenses", "- 4"),
    ("throughout the 1990s, one or two intelligence officers in each district", "Y 1 2 N 3"),
    ("general Pervez Musharraf (1999 to 2008)", "- 9 8"),
    ("suffered more than 60.000 deaths and lost billions of dollars", "Y 60000 60 N 600 U 5000000000"),
    ("infrastructure damages.11 The Pakistani government", "U 11 - 12"),
    ("the Swat Operation in 2009,12 Operation Zarb-e-Azb in 2014,13", "U 12 13 - 14 5"),
    ("2022, 53 security forces personnel lost their lives", "Y 53 N 35"),
    ("in the first nine months of 2022, more than 450 people", "Y 450 9 N 451"),
    ("confirmed that 350 security forces", "Y 350 N 530"),
    ("280 others were injured in hundreds of TTP attacks by September 2022.22", "Y 280 U 300 22 N 28"),
    ("attacks by September 2022.22 According to", "U 22 - 23"),
    ("TTP attacks have increased by 51%.", "Y 51 N 15"),
    ("for almost two decades during the US and NATO", "Y 2 20 N 30"),
    ("a five-year-long power struggle in Afghanistan", "Y 5 N 6"),
    ("between 1989 and 1994, Pakistan's support shifted", "- 5"),
    ("in the aftermath of 11 September 2001", "- 11 12"),
    ("in the period of one year, from", "Y 1 - 250"),
    ("15 August 2021 to 14 August 2022, 250 terrorist attacks", "Y 250 N 15 14"),
    ("where 433 people were killed and 719 others were injured.27", "Y 433 719 U 1152 27 N 432"),
    ("witnessed a 60% increase in terrorist incidents in 2022, compared to 2021", "Y 60 N 61"),
    ("in the last three months of 2022, 132 terrorist attacks", "Y 132 N 131"),
    ("reported, with 50 in November 2022 alone.28", "Y 50 U 28 N 51"),
    ("attacks in the KPK province was 920, with IS-K claiming 31", "Y 920 31 N 290 U 951"),
    ("86 armed forces personnel, 109 police officers and 229 civilians.29", "Y 86 109 229 U 424 29 N 425"),
    ("Islamabad released around 90 militants", "Y 90 N 102"),
    ("release 102 of its members in prison.31 Pakistan also", "Y 102 U 31 N 90"),
    ("organised massive rallies in Swat33 and", "U 33 - 34"),
    ("Afghan war (1979-1988) and the post-9/11 “War on Terror”", "- 9 11 88"),
    ("On 11 December 2022, Afghan security forces were attacked", "- 11 12"),
    ("eight Pakistani civilians were killed and 17 were injured.38", "Y 8 17 U 25 38 N 6"),
    ("injuring more than a dozen is unfortunate", "Y 12 N 11"),
    ("a defensive policy with zero tolerance", "Y 0 N 5"),
    ("The study recorded 45 attacks during those months", "Y 45 N 54"),
    ("concerns of the latter. 25  When the Afghan Taliban", "Y 25 - 26"),
    ("the United States and the Afghan Taliban,1 it was agreed", "U 1 - 2"),
    ("Tehrik-e-Taliban Pakistan (TTP)3 in Pakistan", "U 3 - 4"),
    ("Pakistan saw 56% rise in militant attacks", "Y 56 N 65"),
];

/// Phrases in styles that other papers use.
const OTHERS: &[(&str, &str)] = &[
    ("3,500,000 refugees", "Y 3500000 N 3500"),
    ("1\u{202f}105 people", "Y 1105 N 1 105"),
    ("1\u{a0}105\u{a0}000 people", "Y 1105000 N 1105"),
    ("1 105 people", "Y 1105 N 1106"),
    ("1'105 people", "Y 1105 N 105"),
    ("Rs 3,50,000 per family", "Y 350000 N 35000"),
    ("1.234.567 people", "Y 1234567 N 1234"),
    ("1.105,50 euros", "Y 2211/2 N 110550"),
    ("1,105.50 dollars", "Y 2211/2 N 110550"),
    ("a rate of 0.250 per head", "Y 1/4 N 250"),
    ("3,5 million people", "Y 3500000 N 35000000"),
    ("two hundred and fifty attacks", "Y 250 N 205 U 200 50"),
    ("one thousand two hundred and five", "Y 1205 N 1250"),
    ("twenty-five soldiers", "Y 25 N 20 5"),
    ("twenty five soldiers", "Y 25 N 20"),
    ("ninety-nine", "Y 99 N 90"),
    ("five lakh people", "Y 500000 N 5"),
    ("3 lakh crore rupees", "Y 3000000000000 N 300000"),
    ("20 lakhs", "Y 2000000 N 20"),
    ("three hundred thousand", "Y 300000 N 300 3000"),
    ("a hundred and two soldiers", "Y 102 U 100 2 N 12"),
    ("a thousand million", "Y 1000000000 N 1000"),
    ("half a million people", "Y 500000 N 5000000"),
    ("half a dozen attacks", "Y 6 N 12"),
    ("half-dozen attacks", "Y 6 N 12"),
    ("two dozen militants", "Y 24 N 12"),
    ("two and a half million", "Y 2500000 N 2000000"),
    ("a million and a half", "Y 1500000 N 1000000"),
    ("two-thirds of the attacks", "Y 2/3 67 200/3 N 1/3"),
    ("two thirds", "Y 2/3 N 3"),
    ("a quarter of the fighters", "Y 1/4 25 N 4"),
    ("three-quarters", "Y 3/4 75 N 4"),
    ("fell by a third", "Y 1/3 33 N 30"),
    ("half of the victims", "Y 1/2 50 N 40"),
    ("1/3 of the victims", "Y 1/3 N 1/4"),
    ("2½ years", "Y 5/2 N 2"),
    ("three out of four attacks", "Y 3/4 75 3 4 N 5"),
    ("one in three victims", "Y 1/3 33 N 30"),
    ("attacks doubled", "Y 2 100 N 3"),
    ("tripled since 2021", "Y 3 200 N 2"),
    ("a tenfold rise", "Y 10 900 N 100"),
    ("a 3-fold rise", "Y 3 200 N 4"),
    ("twice as many attacks", "Y 2 N 3"),
    ("attacks halved", "Y 2 50 1/2 N 3"),
    ("25 per cent", "Y 25 N 24"),
    ("up 3 percentage points", "Y 3 N 2"),
    ("between 25 and 30 percent", "Y 25 30 1/4 N 27"),
    ("10–15 attacks", "Y 10 15 N 12"),
    ("between 2 and 3 million", "Y 2000000 3000000 N 4000000"),
    ("7-10 thousand fighters", "Y 7000 10000 N 8000"),
    ("two to three hundred fighters", "Y 200 300 N 400"),
    ("$200bn in aid", "Y 200000000000 N 2000000000"),
    ("US$5 million", "Y 5000000 N 500"),
    ("€3m", "Y 3000000 N 30000"),
    ("10k fighters", "Y 10000 N 1000"),
    ("Rs. 500", "Y 500 N 5000"),
    ("a fortnight later", "Y 14 2 1 N 7"),
    ("a decade of war", "Y 1 10 N 20"),
    ("two and a half years", "Y 5/2 N 2"),
    ("two years and a half", "Y 5/2 U 2 N 3"),
    ("1,000 fighters", "Y 1000 N 1001"),
    ("2000 fighters", "Y 2000 N 3000"),
    ("2000 bombings", "Y 2000 - 3000"),
    ("more than 2000 bombings", "Y 2000 N 3000"),
    ("resulted in 2000 deaths", "Y 2000 - 3000"),
    ("the 2000-strong force", "Y 2000 N 200"),
    ("in 2007", "U 2007 - 2008 7"),
    ("29 February 2020", "- 29 2020"),
    ("on 2021-08-15", "- 15 8 2021"),
    ("the 2021/22 season", "- 22 21"),
    ("the fourteenth attack", "U 14 - 15"),
    ("the 14th attack", "U 14 - 15"),
    ("the first attack", "U 1 - 2"),
    ("no civilians were hurt", "Y 0 - 5"),
    ("none of the attackers survived", "Y 0 N 5"),
    ("no one survived", "- 5 1"),
    ("one soldier was killed", "Y 1 N 2"),
    ("only one such attack", "Y 1 N 2"),
    ("In March 25 people were killed", "Y 25 - 26"),
    ("In March 1,105 people were killed", "Y 1105 N 1106"),
    ("several attacks in 45 districts", "Y 45 U 7 N 46"),
    ("several hundred militants", "U 500 - 5"),
    ("tens of thousands", "U 40000 - 40"),
    ("scores of people", "U 60 - 3"),
    ("many soldiers", "U 400 - 1"),
    ("as many as 45 soldiers", "Y 45 N 400"),
    ("a handful of attacks", "U 5 - 500"),
    ("a couple of attacks", "Y 2 - 3"),
    ("a score of attacks", "U 20 21"),
    ("a brace of attacks", "U 2 3"),
    ("fourty attacks", "U 40 41"),
    ("twentyfive attacks in 3 districts", "Y 3 U 25"),
    ("٤٥ people", "U 45 46"),
    ("پانچ افراد", "U 5"),
    ("World War II killed 45", "Y 45 U 2 N 46"),
    ("F-16 jets", "U 16 - 17"),
    ("Resolution 1267", "U 1267 - 5"),
    ("Report No. 320", "U 320 - 5"),
    ("killed.²² The next", "- 22"),
    ("killed 450²² others", "Y 450 N 451 45022"),
    ("a total of 920.29 However", "Y 920 U 29 N 921"),
    ("see https://a.b/2022/45 for more", "- 45"),
    ("at 10:30 on Monday", "U 10 30 - 5"),
    ("the first half of 2022", "- 1/2 5"),
    ("thirty-odd attacks", "Y 30 - 33"),
    ("fell from 367 to 348", "Y 367 348 N 360"),
    ("a staff of twenty-one thousand", "Y 21000 N 21"),
    ("19 days later he sipped a cup of tea", "Y 19 N 20"),
    ("", "- 1"),
    ("attacks rose", "- 5"),
    ("from 1992 to 1996", "- 1992 1996 4"),
    ("1600 to 1700 people", "Y 1600 1700 - 1650"),
    ("three hundred and sixty-seven", "Y 367 N 376"),
    ("one-third of attacks", "Y 1/3 33 N 3"),
    ("one million people", "Y 1000000 N 1"),
    ("one and a half years", "Y 3/2 N 2"),
    ("1.2 and 1.5 per cent", "Y 6/5 3/2 N 2"),
    ("killed 45, injured 60", "Y 45 60 U 105 N 50"),
    ("(30 people)", "Y 30 N 31"),
    ("said \"30 people\" died", "Y 30 N 31"),
    ("“450 people” were killed", "Y 450 N 451"),
    ("Sept 11 attacks", "Y 11 - 12"),
    ("1.5m people", "Y 1500000 N 15"),
    ("a 24-hour siege", "Y 24 N 12"),
    ("a three-month ceasefire", "Y 3 N 4"),
    ("over 100 000 people", "Y 100000 N 10000"),
    ("a twofold increase", "Y 2 100 N 3"),
    ("increased by half", "Y 1/2 50 N 40"),
    ("six-month-long truce", "Y 6 N 5"),
    ("five of the seven agencies", "Y 5 7 N 6"),
    ("four hundred-odd fighters", "Y 400 - 430"),
    ("fewer than 1,500 troops", "Y 1500 N 150"),
    ("by 51 % in one year", "Y 51 N 50"),
    ("$7.12bn", "Y 7120000000 N 712"),
    ("PKR 5 crore", "Y 50000000 N 5"),
    ("the last 20 years", "Y 20 - 30"),
    ("1,105 (one thousand one hundred and five)", "Y 1105 N 1150"),
    ("12th of May 2021", "- 12"),
    ("twenty-first century wars", "- 21"),
    ("May 2021's 45 attacks", "Y 45 N 54"),
    ("war against terrorism (Popescu, 2015)", "U 2015 - 5"),
];

#[test]
fn phrases_of_the_papers() {
    assert!(PAPERS.iter().all(|(quote, _)| quote.split_whitespace().count() <= 15));
    check(PAPERS);
}

#[test]
fn phrases_of_other_papers() {
    check(OTHERS);
}

#[test]
fn units_ranges_and_dates() {
    let read = figures("in 2022 alone USD 7.12 billion, or 25 per cent");
    let units: Vec<_> =
        read.figures.iter().map(|figure| (figure.text.as_str(), figure.unit.clone(), figure.firm)).collect();
    assert_eq!(
        units,
        [
            ("2022", FigureUnit::Plain, false),
            ("USD 7.12 billion", FigureUnit::Currency("USD".to_owned()), true),
            ("25 per cent", FigureUnit::Percent, true)
        ]
    );
    assert_eq!(read.dates.first(), Some(&(3..7)));
    assert_eq!(read.dates.len(), 1);
}

#[test]
fn wanting_nothing_and_wanting_one_of_several() {
    assert_eq!(carries(&figures("450 people"), &[]), Carry::Yes);
    let wanted = [2, 20].map(|value| BigRational::from_integer(BigInt::from(value)));
    assert_eq!(carries(&figures("two decades"), &wanted), Carry::Yes);
    assert_eq!(carries(&figures("3 of 7"), &wanted), Carry::No { seen: vec!["3".to_owned(), "7".to_owned()] });
}

#[test]
fn text_beyond_the_limit_makes_unsure() {
    let long = format!("7 {}", "é".repeat(super::MAX_BYTES));
    assert_eq!(letter(&long, "8"), 'U');
    assert_eq!(letter(&long, "7"), 'Y');
}

fn group(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

fn spell(number: u64, and: &str, hyphen: &str) -> String {
    let small = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = usize::try_from(number).expect("small");
    let rest = |unit: u64, word: &str| {
        let head = format!("{} {word}", spell(number / unit, and, hyphen));
        match number % unit {
            0 => head,
            rest if rest < 100 => format!("{head}{and}{}", spell(rest, and, hyphen)),
            rest => format!("{head} {}", spell(rest, and, hyphen)),
        }
    };
    match number {
        0..20 => small[at].to_owned(),
        20..100 if number.is_multiple_of(10) => tens[at / 10].to_owned(),
        20..100 => format!("{}{hyphen}{}", tens[at / 10], small[at % 10]),
        100..1000 => rest(100, "hundred"),
        1000..1_000_000 => rest(1000, "thousand"),
        _ => rest(1_000_000, "million"),
    }
}

fn whole(number: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC*") {
        let read = figures(&text);
        for figure in &read.figures {
            prop_assert_eq!(text.get(figure.range.clone()).is_some(), true);
        }
        carries(&read, &[whole(7)]);
    }

    #[test]
    fn any_heap_of_pieces_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "1", "22", "105", "2022", ",", ".", "-", "–", "/", " ", " ", "\u{a0}", "and", "a", "half", "hundred", "million",
        "twenty", "one", "dozen", "of", "%", "$", "USD", "May", "th", "(", ")", "’", "²", "½", "x", "era", "century",
        "first", "third", "year", "per cent", "to", "II", "several", "decades", "٤", "s", ":", "no", "out of",
    ]), 0..60)) {
        let text = pieces.concat();
        let read = figures(&text);
        let spaced = figures(&pieces.join(" "));
        prop_assert!(read.figures.iter().all(|figure| text.get(figure.range.clone()).is_some()));
        prop_assert!(spaced.figures.iter().all(|figure| !figure.readings.is_empty() || !figure.doubted.is_empty()));
        prop_assert!(read.figures.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start));
    }

    #[test]
    fn digits_are_read_back(number in 0_u64..10_000_000_000, style in 0_usize..5) {
        let separator = ["", ",", ".", "\u{202f}", "\u{a0}"][style];
        let text = format!("more than {} people", group(number, separator));
        let read = figures(&text);
        prop_assert_eq!(carries(&read, &[whole(number)]), Carry::Yes, "{}", &text);
        let other = carries(&read, &[whole(number + 1_000_000_000_000)]);
        prop_assert!(matches!(other, Carry::No { .. }), "{} {:?}", &text, other);
    }

    #[test]
    fn words_are_read_back(number in prop_oneof![0_u64..1000, 0_u64..100_000_000], style in 0_usize..3) {
        let (and, hyphen) = [(" and ", "-"), (" ", "-"), (" and ", " ")][style];
        let text = format!("exactly {} attacks", spell(number, and, hyphen));
        let read = figures(&text);
        prop_assert_eq!(carries(&read, &[whole(number)]), Carry::Yes, "{}", &text);
        prop_assert_eq!(read.figures.len(), 1);
    }

    #[test]
    fn decimals_and_multipliers_are_read_back(whole_part in 0_u32..999, tenth in 0_u32..100, word in 0_usize..4) {
        let (word, power) = [("thousand", 3), ("million", 6), ("bn", 9), ("crore", 7)][word];
        let text = format!("about {whole_part}.{tenth:02} {word} dollars");
        let value = BigRational::new(BigInt::from(whole_part * 100 + tenth), BigInt::from(100))
            * BigRational::from_integer(num_traits::pow(BigInt::from(10), power));
        prop_assert_eq!(carries(&figures(&text), &[value]), Carry::Yes, "{}", text);
    }
}
