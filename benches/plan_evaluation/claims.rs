//! What is claimed of the order, and whether it holds.

use super::trial::{BUDGETS, Method, Tried};
use super::{Dice, Regime, Strategy};

/// What a method brings on average over all graphs.
pub fn mean(all: &[Tried], budget: usize, regime: Regime, method: Method) -> f64 {
    let sum: f64 = all.iter().map(|tried| tried.get(budget, regime, method).people).sum();
    sum / all.len().max(1) as f64
}

/// The methods that the order is held against: all but itself, and its own mixture.
pub fn singles() -> impl Iterator<Item = Method> {
    let single = |method: &Method| match method {
        Method::Random => true,
        Method::Single(strategy) => *strategy != Strategy::Mixed,
        Method::Shipped | Method::Told => false,
    };
    Method::all().into_iter().filter(single)
}

fn best(all: &[Tried], budget: usize, regime: Regime) -> f64 {
    singles().map(|method| mean(all, budget, regime, method)).fold(0.0, f64::max)
}

/// What is left of the best single method in the worst of the three regimes.
pub fn worst(all: &[Tried], budget: usize, method: Method) -> f64 {
    let share = |regime: Regime| mean(all, budget, regime, method) / best(all, budget, regime);
    Regime::ALL.into_iter().map(share).fold(f64::INFINITY, f64::min)
}

/// The same on each graph by itself, where the best single method may be another one
/// each time; the mean over the graphs. It is this that somebody with one graph has.
pub fn worst_of_each(all: &[Tried], budget: usize, method: Method) -> f64 {
    let one = |tried: &Tried| worst(std::slice::from_ref(tried), budget, method);
    all.iter().map(one).sum::<f64>() / all.len().max(1) as f64
}

/// A claim, what was found and what is wanted.
pub struct Claim {
    /// In words.
    pub what: String,
    /// What was found.
    pub found: f64,
    /// The least that is wanted.
    pub wanted: f64,
}

/// All claims.
pub fn all(all: &[Tried]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut claim = |what: String, found: f64, wanted: f64| claims.push(Claim { what, found, wanted });
    for budget in BUDGETS {
        let told = |regime| mean(all, budget, regime, Method::Told) / best(all, budget, regime);
        let least = Regime::ALL.into_iter().map(told).fold(f64::INFINITY, f64::min);
        claim(format!("{budget} %: told the regime, share of the best single method"), least, 0.97);
    }
    for budget in BUDGETS {
        let shipped = worst(all, budget, Method::Shipped);
        claim(format!("{budget} %: as shipped, worst share of the best"), shipped, 0.90);
        let other = singles().map(|method| worst(all, budget, method)).fold(0.0, f64::max);
        claim(
            format!("{budget} %: the same, against the best worst share of any single method"),
            shipped,
            other,
        );
        let each = |method| worst_of_each(all, budget, method);
        claim(format!("{budget} %: the worst share on each graph, mean"), each(Method::Shipped), 0.90);
        let other = singles().map(each).fold(0.0, f64::max);
        claim(
            format!("{budget} %: the same, against that of any single method"),
            each(Method::Shipped),
            other,
        );
    }
    for (regime, wanted) in [(Regime::Soft, 1.25), (Regime::Hard, 2.0)] {
        let times = mean(all, 10, regime, Method::Shipped) / mean(all, 10, regime, Method::Random);
        claim(format!("10 %, {}: times what chance brings", regime.id()), times, wanted);
    }
    let degree = Method::Single(Strategy::Degree);
    let (mut graphs, mut least) = (0, f64::INFINITY);
    for tried in all {
        let mut sum = 0.0;
        for (budget, regime) in BUDGETS.into_iter().flat_map(|b| Regime::ALL.map(|r| (b, r))) {
            let own = tried.get(budget, regime, Method::Shipped).people;
            let more = own - tried.get(budget, regime, degree).people;
            sum += more;
            least = least.min(more);
        }
        graphs += usize::from(sum >= 0.0);
    }
    claim(
        "share of graphs with at least what degree brings, all cells of each together".to_owned(),
        graphs as f64 / all.len() as f64,
        0.85,
    );
    claim("points (of 100) against degree, in the worst of all cells".to_owned(), 100.0 * least, -2.0);
    claims
}

/// Drawings for the intervals of the claims.
const DRAWN: usize = 400;

/// Prints the claims as a table; the interval is that of what was found less what is
/// wanted, by drawing graphs anew, so that both are of the same graphs.
pub fn print(tried: &[Tried]) {
    println!("## What is claimed\n\n| claim | found | wanted | holds | found less wanted, 95 % |");
    println!("|---|---|---|---|---|");
    let mut dice = Dice::new(96, tried.len() as u64);
    let mut more: Vec<Vec<f64>> = Vec::new();
    for _ in 0..DRAWN {
        let drawn: Vec<Tried> = tried.iter().map(|_| tried[dice.below(tried.len())].clone()).collect();
        more.push(all(&drawn).into_iter().map(|claim| claim.found - claim.wanted).collect());
    }
    for (at, claim) in all(tried).into_iter().enumerate() {
        let holds = if claim.found >= claim.wanted { "yes" } else { "**no**" };
        let mut more: Vec<f64> = more.iter().map(|claims| claims[at]).collect();
        more.sort_by(f64::total_cmp);
        let (low, high) = (more[DRAWN / 40], more[DRAWN - 1 - DRAWN / 40]);
        println!(
            "| {} | {:.4} | {:.4} | {holds} | {low:+.3} to {high:+.3} |",
            claim.what, claim.found, claim.wanted
        );
    }
    println!("\nWhere counting friends brings more, in points of 100:\n");
    let degree = Method::Single(Strategy::Degree);
    let mut lost: Vec<(f64, String)> = Vec::new();
    for own in tried {
        for (budget, regime) in BUDGETS.into_iter().flat_map(|b| Regime::ALL.map(|r| (b, r))) {
            let less =
                own.get(budget, regime, degree).people - own.get(budget, regime, Method::Shipped).people;
            if less > 0.002 {
                lost.push((less, format!("{}, {budget} %, {}: {:.1}", own.name, regime.id(), 100.0 * less)));
            }
        }
    }
    lost.sort_by(|a, b| b.0.total_cmp(&a.0));
    lost.iter().take(10).for_each(|(_, said)| println!("- {said}"));
    println!("\nMore than 0.2 points in {} of {} cells in all.", lost.len(), tried.len() * 9);
}
