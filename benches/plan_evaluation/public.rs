//! The public graphs of `fixtures/graphs/`.

use std::collections::BTreeMap;

use super::{Knot, Person, Ties};

const GRAPHS: [(&str, &str); 3] = [
    ("Davis southern women", include_str!("../../fixtures/graphs/davis.tsv")),
    ("Les Misérables", include_str!("../../fixtures/graphs/miserables.tsv")),
    ("karate", include_str!("../../fixtures/graphs/karate.tsv")),
];

/// All of them, with their names.
pub fn graphs() -> Vec<(&'static str, Ties)> {
    GRAPHS.into_iter().map(|(name, text)| (name, read(text))).collect()
}

fn read(text: &str) -> Ties {
    let lines = || text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    let names: std::collections::BTreeSet<&str> = lines().flat_map(|line| line.skip(1)).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let knots = lines().map(|mut line| {
        let weight = line.next().and_then(|weight| weight.parse().ok());
        let members: Vec<usize> = line.filter_map(|name| number.get(name).copied()).collect();
        match (weight, members.as_slice()) {
            (Some(weight), [one, other]) => Knot::pair(*one, *other, weight),
            _ => Knot::circle(members),
        }
    });
    let knots = knots.collect();
    Ties::new(vec![Person::default(); names.len()], knots)
}
